-- Mentions of trackers around a range. Whole hours come from the rolling aggregates, the hours that hold an edge of a
-- window from the calls themselves, months that are over and hold no edge from the months: counts are exact to the call's
-- start. in_recent and in_before are the windows that
-- growth compares: the range and the equally long range before it; for all time, the last 30 days and the 30 before.
CREATE OR REPLACE VIEW salgspuls.keyword_mentions AS
WITH
    toDateTime64({from:DateTime64(3)}, 3, 'UTC') AS range_from,
    toDateTime64({to:DateTime64(3)}, 3, 'UTC') AS range_to,
    subtractMilliseconds(range_from, dateDiff('millisecond', range_from, range_to)) AS earlier_from,
    arrayMap(
        edge -> toDateTime(toStartOfHour(edge), 'UTC'),
        [range_from, range_to, earlier_from, subtractDays(range_to, 30), subtractDays(range_to, 60)]
    ) AS edges,
    {{month_levels}}
SELECT
    tracker_id, seller_id, at, mentions_seller, mentions_customer, calls, customer_calls,
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
            tracker_id, seller_id, toDateTime64(hour, 3, 'UTC') AS at,
            mentions_seller, mentions_customer, calls, customer_calls
        FROM salgspuls.keyword_hours
        WHERE hour >= earlier_from AND hour <= range_to AND NOT has(edges, hour)
            AND (hour < toDateTime(rolled_from, 'UTC') OR hour >= toDateTime(hours_from, 'UTC'))
            AND NOT has(whole_months, toStartOfMonth(hour))
        UNION ALL
        SELECT
            tracker_id, seller_id, toDateTime64(month, 3, 'UTC') AS at,
            mentions_seller, mentions_customer, calls, customer_calls
        FROM salgspuls_store.keyword_months FINAL
        WHERE month >= toDate32(earlier_from) AND month <= toDate32(range_to) AND has(whole_months, month) AND calls > 0
        UNION ALL
        SELECT
            tracker_id, seller_id, call_started_at AS at,
            mentions_seller, mentions_customer, 1 AS calls, mentions_customer > 0 AS customer_calls
        FROM salgspuls_store.call_keywords FINAL
        PREWHERE call_started_at >= earlier_from AND call_started_at <= range_to -- of the key: no row's FINAL changes it
            AND has(edges, toDateTime(toStartOfHour(call_started_at), 'UTC'))
        WHERE mentions_seller + mentions_customer > 0
    )
);
