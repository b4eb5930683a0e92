-- One row for each seller of the chosen teams (and, when all teams are looked at, for whoever else called or won):
-- their revenue in the range, whether they are a top seller (`by_stars`: because the manager gave stars), their style, and
-- whether there is `enough` to judge it by: so many calls of so many seconds and more, and so many minutes of speech, which are
-- parameters. One call less says more about that call than about the seller. Calls and style are those of some kinds,
-- directions and languages, where a list that holds '' is any; revenue is of all deals. Shares and ratios are 0 to 1, times
-- milliseconds.
CREATE OR REPLACE VIEW salgspuls.seller_style AS
SELECT
    seller_id,
    if(max(seller_name) = '', seller_id, max(seller_name)) AS name,
    max(seller_team) AS team,
    sum(won_revenue) AS revenue,
    sum(won_deals) AS deals_won,
    if(by_stars, max(is_starred) = 1, revenue > avg(revenue) OVER ()) AS is_top,
    max(max(is_starred)) OVER () = 1 AS by_stars,
    sum(style.calls) AS calls,
    sum(style.duration_ms) AS duration_ms,
    sum(long_calls) >= {enough_calls:UInt32} AND sum(style.talk_ms) >= 60000 * {enough_minutes:UInt32} AS enough,
    {{metric_means}}
FROM
(
    SELECT
        toString(seller_id) AS seller_id, '' AS seller_name, '' AS seller_team, 0 AS is_starred, 0 AS is_known,
        0. AS won_revenue, 0 AS won_deals, calls, if({enough_seconds:UInt32} = 60, minute_calls, 0) AS long_calls, talk_ms,
        duration_ms, sentiment_calls,
        {{metric_sum_columns}}
    FROM salgspuls.seller_sums(
        from = {from:DateTime64(3)}, to = {to:DateTime64(3)},
        {{kinds}})
    UNION ALL
    SELECT
        toString(seller_id), '', '', 0, 0, 0., 0, 0, 1, 0, 0, 0,
        {{no_metric_sums}}
    FROM salgspuls.calls
    WHERE duration_ms >= 1000 * {enough_seconds:UInt32}
        -- calls of a minute are counted by the hour: then no part of the table is read
        AND call_started_at >= if({enough_seconds:UInt32} = 60, addDays({to:DateTime64(3)}, 1), {from:DateTime64(3)})
        AND call_started_at <= {to:DateTime64(3)}
        AND {{of_kind}}
    UNION ALL
    SELECT
        toString(seller_id), '', '', 0, 0, revenue, deals_won, 0, 0, 0, 0, 0,
        {{no_metric_sums}}
    FROM salgspuls.seller_revenue(from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String})
    UNION ALL
    SELECT
        seller_id, name, toString(team), toUInt8(starred), 1, 0., 0, 0, 0, 0, 0, 0,
        {{no_metric_sums}}
    FROM salgspuls.sellers
    WHERE has({teams:Array(String)}, '') OR has({teams:Array(String)}, team)
) AS style
GROUP BY seller_id
HAVING (max(is_known) = 1 OR has({teams:Array(String)}, '')) AND (calls > 0 OR deals_won > 0 OR max(is_known) = 1);
