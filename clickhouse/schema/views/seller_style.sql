-- One row for each seller of the chosen teams (and, when all teams are looked at, for whoever else called or won):
-- his revenue in the range, whether he is a top seller, and his style. Shares and ratios are 0 to 1, times milliseconds.
CREATE OR REPLACE VIEW salgspuls.seller_style AS
SELECT
    seller_id,
    if(max(known.1) = '', seller_id, max(known.1)) AS name,
    max(known.2) AS team,
    sum(won_revenue) AS revenue,
    sum(won_deals) AS deals_won,
    if(max(max(known.3)) OVER () = 1, max(known.3) = 1, revenue > avg(revenue) OVER ()) AS is_top,
    sum(style.1) AS calls,
    sum(style.2) AS duration_ms,
    sum(style.3) / nullIf(sum(style.4), 0) AS talk_ratio,
    sum(style.5) / nullIf(sum(style.6), 0) AS words_per_minute,
    sum(style.7) / nullIf(sum(style.8), 0) AS switches_per_hour,
    sum(style.9) / nullIf(sum(style.10), 0) AS pause_before_speaking_ms,
    sum(style.11) / nullIf(sum(style.1), 0) AS longest_monologue_customer_ms,
    sum(style.13) / nullIf(sum(style.12), 0) AS positive_share,
    sum(style.14) / nullIf(sum(style.12), 0) AS neutral_share,
    sum(style.15) / nullIf(sum(style.12), 0) AS negative_share,
    sum(style.16) / nullIf(sum(style.12), 0) AS compound
FROM
(
    SELECT
        toString(seller_id) AS seller_id,
        ('', '', 0, 0) AS known,
        0. AS won_revenue, 0 AS won_deals,
        (
            calls, duration_ms, talk_ratio_sum, talk_ratio_calls, words_per_minute_sum, words_per_minute_calls,
            switches_per_hour_sum, switches_per_hour_calls, pause_before_speaking_ms_sum, pause_before_speaking_calls,
            longest_monologue_customer_ms_sum, sentiment_calls, positive_share_sum, neutral_share_sum,
            negative_share_sum, compound_sum
        ) AS style
    FROM salgspuls.seller_sums(from = {from:DateTime64(3)}, to = {to:DateTime64(3)})
    UNION ALL
    SELECT
        toString(seller_id), ('', '', 0, 0), ifNull(actual_value, 0), 1,
        (0, 0, 0., 0, 0., 0, 0., 0, 0., 0, 0, 0, 0., 0., 0., 0.)
    FROM salgspuls.deals_at(at = {to:DateTime64(3)}, tz = {tz:String})
    WHERE state = 'won' AND closed_on >= toDate32({from:DateTime64(3)}, {tz:String})
    UNION ALL
    SELECT
        seller_id, (name, toString(team), toUInt8(starred), 1), 0., 0,
        (0, 0, 0., 0, 0., 0, 0., 0, 0., 0, 0, 0, 0., 0., 0., 0.)
    FROM salgspuls.sellers
    WHERE has({teams:Array(String)}, '') OR has({teams:Array(String)}, team)
)
GROUP BY seller_id
HAVING (max(known.4) = 1 OR has({teams:Array(String)}, '')) AND (calls > 0 OR deals_won > 0 OR max(known.4) = 1);
