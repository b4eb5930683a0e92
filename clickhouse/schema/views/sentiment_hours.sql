-- Calls of a range by their label, by seller and hour (UTC) in which they began: whole hours from the hours, the hours that
-- hold an edge of the range from the calls, so that counts are exact to a call's start; of some kinds, directions and
-- languages all from the calls. A list that holds '' is any of them.
CREATE OR REPLACE VIEW salgspuls.sentiment_hours AS
WITH
    toDateTime64({from:DateTime64(3)}, 3, 'UTC') AS range_from,
    toDateTime64({to:DateTime64(3)}, 3, 'UTC') AS range_to,
    arrayMap(edge -> toDateTime(toStartOfHour(edge), 'UTC'), [range_from, range_to]) AS edges,
    {{any_kind}} AS any_kind
SELECT seller_id, hour, positive_calls, neutral_calls, negative_calls
FROM salgspuls.seller_hours
WHERE any_kind AND hour >= range_from AND hour <= range_to AND NOT has(edges, hour)
UNION ALL
SELECT
    seller_id, toDateTime(toStartOfHour(call_started_at), 'UTC'), sentiment_label = 'positive', sentiment_label = 'neutral',
    sentiment_label = 'negative'
FROM salgspuls.calls
WHERE call_started_at >= range_from AND call_started_at <= range_to
    AND (NOT any_kind OR has(edges, toDateTime(toStartOfHour(call_started_at), 'UTC')))
    AND {{of_kind}};
