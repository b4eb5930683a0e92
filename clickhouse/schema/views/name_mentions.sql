-- Mentions of names that are in no list, around a range, also those that events know; windows and exactness as in keyword_mentions.
CREATE OR REPLACE VIEW salgspuls.name_mentions AS
WITH
    toDateTime64({from:DateTime64(3)}, 3, 'UTC') AS range_from,
    toDateTime64({to:DateTime64(3)}, 3, 'UTC') AS range_to,
    subtractMilliseconds(range_from, dateDiff('millisecond', range_from, range_to)) AS earlier_from,
    arrayMap(
        edge -> toDateTime(toStartOfHour(edge), 'UTC'),
        [range_from, range_to, earlier_from, subtractDays(range_to, 30), subtractDays(range_to, 60)]
    ) AS edges
SELECT
    name_key, name, seller_id, at, mentions_seller, mentions_customer, calls, customer_calls,
    at >= range_from AS in_range,
    at >= if(all_time, subtractDays(range_to, 30), range_from) AS in_recent,
    NOT in_recent AND at >= if(all_time, subtractDays(range_to, 60), earlier_from) AS in_before
FROM
(
    SELECT
        *,
        (SELECT ifNull({from:DateTime64(3)} <= first_event_at, 1) FROM salgspuls.first_event) AS all_time
    FROM
    (
        SELECT
            name_key, name, seller_id, toDateTime64(hour, 3, 'UTC') AS at,
            mentions_seller, mentions_customer, calls, customer_calls
        FROM salgspuls_store.name_hours FINAL
        WHERE calls > 0 AND hour >= earlier_from AND hour <= range_to AND NOT has(edges, hour)
        UNION ALL
        SELECT
            name_key, name, seller_id, call_started_at AS at,
            mentions_seller, mentions_customer, 1 AS calls, mentions_customer > 0 AS customer_calls
        FROM salgspuls_store.call_names FINAL
        PREWHERE call_started_at >= earlier_from AND call_started_at <= range_to
            AND has(edges, toDateTime(toStartOfHour(call_started_at), 'UTC'))
        WHERE mentions_seller + mentions_customer > 0
    )
);
