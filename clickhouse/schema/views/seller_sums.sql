-- Sums by seller over the calls of a range, of some kinds, directions and languages; a list that holds '' is any of them. Of
-- any kind: months that are over from the months, other whole hours from the hours, the hours that hold an edge from the
-- calls; else all from the calls. `minute_calls` are calls of a minute and more, `talk_ms` is what both sides spoke.
CREATE OR REPLACE VIEW salgspuls.seller_sums AS
WITH
    toDateTime64({from:DateTime64(3)}, 3, 'UTC') AS range_from,
    toDateTime64({to:DateTime64(3)}, 3, 'UTC') AS range_to,
    arrayMap(edge -> toDateTime(toStartOfHour(edge), 'UTC'), [range_from, range_to]) AS edges,
    {{any_kind}} AS any_kind,
    {{month_levels}}
SELECT
    seller_id,
    sum(calls) AS calls,
    sum(minute_calls) AS minute_calls,
    sum(talk_ms) AS talk_ms,
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
        seller_id, calls, minute_calls, talk_seller_ms + talk_customer_ms AS talk_ms, duration_ms, questions_seller,
        sentiment_calls, positive_calls, neutral_calls, negative_calls,
        {{metric_sum_columns}}
    FROM salgspuls.seller_hours
    WHERE any_kind AND hour >= range_from AND hour <= range_to AND NOT has(edges, hour)
        AND (hour < toDateTime(rolled_from, 'UTC') OR hour >= toDateTime(hours_from, 'UTC'))
        AND NOT has(whole_months, toStartOfMonth(hour))
    UNION ALL
    SELECT
        seller_id, calls, minute_calls, talk_seller_ms + talk_customer_ms, duration_ms, questions_seller,
        sentiment_calls, positive_calls, neutral_calls, negative_calls,
        {{metric_sum_columns}}
    FROM salgspuls_store.seller_months FINAL
    WHERE any_kind AND month >= toDate32(range_from) AND month <= toDate32(range_to) AND has(whole_months, month)
    UNION ALL
    SELECT
        seller_id, 1, duration_ms >= 60000, talk_seller_ms + talk_customer_ms, duration_ms, questions_seller,
        sentiment_label != '', sentiment_label = 'positive', sentiment_label = 'neutral', sentiment_label = 'negative',
        {{metric_sums_of_call}}
    FROM salgspuls.calls
    WHERE call_started_at >= range_from AND call_started_at <= range_to
        AND (NOT any_kind OR has(edges, toDateTime(toStartOfHour(call_started_at), 'UTC')))
        AND {{of_kind}}
)
GROUP BY seller_id;
