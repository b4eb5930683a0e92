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
