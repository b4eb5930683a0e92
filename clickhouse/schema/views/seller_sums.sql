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
    sum(questions_seller) AS questions_seller,
    sum(sentiment_calls) AS sentiment_calls,
    sum(positive_calls) AS positive_calls,
    sum(neutral_calls) AS neutral_calls,
    sum(negative_calls) AS negative_calls,
    {{metric_sums}}
FROM
(
    SELECT
        seller_id, calls, duration_ms, questions_seller, sentiment_calls, positive_calls, neutral_calls, negative_calls,
        {{metric_sum_columns}}
    FROM salgspuls.seller_hours
    WHERE hour >= range_from AND hour <= range_to AND NOT has(edges, hour)
    UNION ALL
    SELECT
        seller_id, 1, duration_ms, questions_seller, sentiment_label != '', sentiment_label = 'positive',
        sentiment_label = 'neutral', sentiment_label = 'negative',
        {{metric_sums_of_call}}
    FROM salgspuls.calls
    WHERE call_started_at >= range_from AND call_started_at <= range_to
        AND has(edges, toDateTime(toStartOfHour(call_started_at), 'UTC'))
)
GROUP BY seller_id;
