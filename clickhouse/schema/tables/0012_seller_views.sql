-- Sellers, top sellers and the team: how they talk. A seller's figure is the mean over his calls, a group's figure the
-- mean over its sellers, so no long call and no busy seller outweighs the others.

-- Sums by seller over a range: whole hours from the aggregates, the hours that hold an edge from the calls.
CREATE OR REPLACE VIEW salgspuls.seller_sums AS
WITH
    toDateTime64({from:DateTime64(3)}, 3, 'UTC') AS range_from,
    toDateTime64({to:DateTime64(3)}, 3, 'UTC') AS range_to,
    arrayMap(edge -> toDateTime(toStartOfHour(edge), 'UTC'), [range_from, range_to]) AS edges
SELECT
    seller_id,
    sum(calls) AS calls,
    sum(duration_ms) AS duration_ms,
    sum(talk_ratio_sum) AS talk_ratio_sum,
    sum(talk_ratio_calls) AS talk_ratio_calls,
    sum(words_per_minute_sum) AS words_per_minute_sum,
    sum(words_per_minute_calls) AS words_per_minute_calls,
    sum(switches_per_hour_sum) AS switches_per_hour_sum,
    sum(switches_per_hour_calls) AS switches_per_hour_calls,
    sum(pause_before_speaking_ms_sum) AS pause_before_speaking_ms_sum,
    sum(pause_before_speaking_calls) AS pause_before_speaking_calls,
    sum(longest_monologue_customer_ms_sum) AS longest_monologue_customer_ms_sum,
    sum(questions_seller) AS questions_seller,
    sum(sentiment_calls) AS sentiment_calls,
    sum(positive_calls) AS positive_calls,
    sum(neutral_calls) AS neutral_calls,
    sum(negative_calls) AS negative_calls,
    sum(compound_sum) AS compound_sum,
    sum(positive_share_sum) AS positive_share_sum,
    sum(neutral_share_sum) AS neutral_share_sum,
    sum(negative_share_sum) AS negative_share_sum
FROM
(
    SELECT
        seller_id, calls, duration_ms, talk_ratio_sum, talk_ratio_calls, words_per_minute_sum, words_per_minute_calls,
        switches_per_hour_sum, switches_per_hour_calls, pause_before_speaking_ms_sum, pause_before_speaking_calls,
        longest_monologue_customer_ms_sum, questions_seller, sentiment_calls, positive_calls, neutral_calls,
        negative_calls, compound_sum, positive_share_sum, neutral_share_sum, negative_share_sum
    FROM salgspuls.seller_hours
    WHERE hour >= range_from AND hour <= range_to AND NOT has(edges, hour)
    UNION ALL
    SELECT
        seller_id, 1, duration_ms, ifNull(talk_ratio, 0), isNotNull(talk_ratio), ifNull(words_per_minute_seller, 0),
        isNotNull(words_per_minute_seller), ifNull(switches_per_hour, 0), isNotNull(switches_per_hour),
        ifNull(pause_before_speaking_ms, 0), isNotNull(pause_before_speaking_ms), longest_monologue_customer_ms,
        questions_seller, sentiment_label != '', sentiment_label = 'positive', sentiment_label = 'neutral',
        sentiment_label = 'negative', ifNull(sentiment_compound, 0), ifNull(sentiment_positive, 0),
        ifNull(sentiment_neutral, 0), ifNull(sentiment_negative, 0)
    FROM salgspuls.calls
    WHERE call_started_at >= range_from AND call_started_at <= range_to
        AND has(edges, toDateTime(toStartOfHour(call_started_at), 'UTC'))
)
GROUP BY seller_id;

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

-- Two rows, `top` and `team`: the means over their sellers. The team holds the top sellers too.
CREATE OR REPLACE VIEW salgspuls.group_style AS
SELECT
    group_name,
    uniqExact(seller_id) AS sellers,
    avgOrNull(talk_ratio) AS talk_ratio,
    avgOrNull(positive_share) AS positive_share,
    avgOrNull(neutral_share) AS neutral_share,
    avgOrNull(negative_share) AS negative_share,
    avgOrNull(switches_per_hour) AS switches_per_hour,
    avgOrNull(words_per_minute) AS words_per_minute,
    avgOrNull(pause_before_speaking_ms) AS pause_before_speaking_ms,
    avgOrNull(longest_monologue_customer_ms) AS longest_monologue_customer_ms
FROM
(
    SELECT *, arrayJoin(if(is_top, ['top', 'team'], ['team'])) AS group_name
    FROM salgspuls.seller_style(
        from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
)
GROUP BY group_name;

-- Hours with customers by kind of activity: of each top seller and of each seller of the team, on average.
CREATE OR REPLACE VIEW salgspuls.engagement AS
SELECT
    arrayJoin(['email', 'phone', 'meeting']) AS kind,
    sum(hours[kind]) / nullIf(count(), 0) AS team_hours,
    sumIf(hours[kind], is_top) / nullIf(countIf(is_top), 0) AS top_hours
FROM
(
    SELECT seller_id, is_top
    FROM salgspuls.seller_style(
        from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
) AS people
LEFT JOIN
(
    SELECT seller_id, sumMap(map(toString(kind), duration_minutes / 60)) AS hours
    FROM salgspuls.activities
    WHERE with_customer AND started_at >= {from:DateTime64(3)} AND started_at <= {to:DateTime64(3)}
    GROUP BY seller_id
) AS spent ON spent.seller_id = people.seller_id
GROUP BY kind;

-- Words and two-word terms that sellers of the top group use more than the others, by lift of the rate per 1,000 words
-- that they say.
CREATE OR REPLACE VIEW salgspuls.best_practice_words AS
WITH
    (
        SELECT (groupArrayIf(seller_id, is_top), groupArrayIf(seller_id, NOT is_top))
        FROM salgspuls.seller_style(
            from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
    ) AS groups,
    (
        SELECT (
            sumIf(words_seller, has(tupleElement(groups, 1), seller_id)),
            sumIf(words_seller, has(tupleElement(groups, 2), seller_id)))
        FROM salgspuls.seller_hours
        WHERE hour >= toStartOfHour({from:DateTime64(3)}) AND hour <= {to:DateTime64(3)}
    ) AS said
SELECT
    word, uses, users,
    1000 * uses / tupleElement(said, 1) AS top_rate,
    1000 * other_uses / tupleElement(said, 2) AS other_rate,
    top_rate / (1000 * greatest(other_uses, 1) / tupleElement(said, 2)) AS lift
FROM
(
    SELECT
        term AS word,
        sumIf(word_hours.uses, has(tupleElement(groups, 1), seller_id)) AS uses,
        sumIf(word_hours.uses, has(tupleElement(groups, 2), seller_id)) AS other_uses,
        uniqExactIf(seller_id, has(tupleElement(groups, 1), seller_id)) AS users,
        max(users) OVER () AS all_users
    FROM salgspuls.word_hours AS word_hours
    WHERE hour >= toStartOfHour({from:DateTime64(3)}) AND hour <= {to:DateTime64(3)}
    GROUP BY word
)
WHERE uses >= 5 AND users >= least(2, all_users) AND tupleElement(said, 2) > 0 AND lift > 1;
