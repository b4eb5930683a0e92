-- What is mentioned. Whole hours come from the rolling aggregates; the hours that hold an edge of a window come from the
-- calls themselves, so the counts are exact to the call's start and no range is too long.

CREATE OR REPLACE VIEW salgspuls.keyword_mentions AS
WITH
    toDateTime64({from:DateTime64(3)}, 3, 'UTC') AS range_from,
    toDateTime64({to:DateTime64(3)}, 3, 'UTC') AS range_to,
    subtractMilliseconds(range_from, dateDiff('millisecond', range_from, range_to)) AS earlier_from,
    arrayMap(
        edge -> toDateTime(toStartOfHour(edge), 'UTC'),
        [range_from, range_to, earlier_from, subtractDays(range_to, 30), subtractDays(range_to, 60)]
    ) AS edges
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
        UNION ALL
        SELECT
            tracker_id, seller_id, call_started_at AS at,
            mentions_seller, mentions_customer, 1 AS calls, mentions_customer > 0 AS customer_calls
        FROM salgspuls.call_keywords
        WHERE call_started_at >= earlier_from AND call_started_at <= range_to
            AND has(edges, toDateTime(toStartOfHour(call_started_at), 'UTC'))
    )
);

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
        FROM salgspuls.name_hours
        WHERE hour >= earlier_from AND hour <= range_to AND NOT has(edges, hour)
        UNION ALL
        SELECT
            name_key, name, seller_id, call_started_at AS at,
            mentions_seller, mentions_customer, 1 AS calls, mentions_customer > 0 AS customer_calls
        FROM salgspuls.call_names
        WHERE call_started_at >= earlier_from AND call_started_at <= range_to
            AND has(edges, toDateTime(toStartOfHour(call_started_at), 'UTC'))
    )
);

-- What customers mention, by tracker that is tracked now. `growth` is a share (0.31 is 31 % more), empty when it is new.
CREATE OR REPLACE VIEW salgspuls.keyword_ranking AS
SELECT
    tracker_id, kind, name, mentions, conversations, seller_mentions, recent, before,
    (recent - before) / nullIf(before, 0) AS growth
FROM
(
    SELECT
        tracker_id,
        sumIf(mentions_customer, in_range) AS mentions,
        sumIf(customer_calls, in_range) AS conversations,
        sumIf(mentions_seller, in_range) AS seller_mentions,
        toInt64(sumIf(mentions_customer, in_recent)) AS recent,
        toInt64(sumIf(mentions_customer, in_before)) AS before
    FROM salgspuls.keyword_mentions(from = {from:DateTime64(3)}, to = {to:DateTime64(3)})
    WHERE (has({teams:Array(String)}, '') AND has({sellers:Array(String)}, ''))
        OR seller_id IN (
            SELECT seller_id
            FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = {sellers:Array(String)}))
    GROUP BY tracker_id
) AS counted
INNER JOIN (SELECT tracker_id, kind, name FROM salgspuls.trackers WHERE NOT removed) AS tracked USING (tracker_id)
WHERE mentions > 0;

-- Names that customers mention, that nobody tracks, and that were never mentioned before the range (for all time: any).
CREATE OR REPLACE VIEW salgspuls.name_ranking AS
WITH
    (SELECT range_from FROM salgspuls.range(from = {from:DateTime64(3)}, to = {to:DateTime64(3)})) AS range_from,
    tracked AS
    (
        SELECT arrayJoin(arrayMap(word -> lowerUTF8(word), arrayPushBack(aliases, name))) AS word
        FROM salgspuls.trackers
        WHERE NOT removed
    )
SELECT
    name_key, name, mentions, conversations, seller_mentions, recent, before,
    (recent - before) / nullIf(before, 0) AS growth
FROM
(
    SELECT
        name_key,
        argMax(name, (mentions_customer, name)) AS name,
        sumIf(mentions_customer, in_range) AS mentions,
        sumIf(customer_calls, in_range) AS conversations,
        sumIf(mentions_seller, in_range) AS seller_mentions,
        toInt64(sumIf(mentions_customer, in_recent)) AS recent,
        toInt64(sumIf(mentions_customer, in_before)) AS before
    FROM salgspuls.name_mentions(from = {from:DateTime64(3)}, to = {to:DateTime64(3)})
    WHERE (has({teams:Array(String)}, '') AND has({sellers:Array(String)}, ''))
        OR seller_id IN (
            SELECT seller_id
            FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = {sellers:Array(String)}))
    GROUP BY name_key
)
WHERE mentions > 0
    AND lowerUTF8(name) NOT IN (SELECT word FROM tracked)
    AND name_key NOT IN (
        SELECT name_key FROM salgspuls.name_hours WHERE hour < toStartOfHour(range_from)
        UNION ALL
        SELECT name_key FROM salgspuls.call_names
        WHERE call_started_at >= toStartOfHour(range_from) AND call_started_at < range_from);

-- Calls in progress with who takes part and what was heard so far, for the live tables.
CREATE OR REPLACE VIEW salgspuls.live_calls AS
SELECT
    calls.call_id AS call_id, calls.seller_id AS seller_id, sellers.team AS team,
    if(sellers.name = '', calls.seller_id, sellers.name) AS seller,
    customer_name AS customer,
    toUnixTimestamp64Milli(call_started_at) AS from_ms,
    toFloat64(duration_ms) / 60000 AS minutes,
    talk_ratio, sentiment_compound, sentiment_label, sentiment_direction,
    arrayStringConcat(arrayDistinct(heard.names), ', ') AS keywords
FROM salgspuls.calls_in_progress AS calls
LEFT JOIN salgspuls.sellers AS sellers ON sellers.seller_id = calls.seller_id
LEFT JOIN
(
    SELECT call_id, groupArray(trackers.name) AS names
    FROM
    (
        SELECT call_id, tracker_id, first_ms
        FROM salgspuls.call_keywords
        WHERE call_id IN (SELECT call_id FROM salgspuls.calls_in_progress)
            AND call_started_at >= (SELECT min(call_started_at) FROM salgspuls.calls_in_progress)
        ORDER BY first_ms
    ) AS found
    INNER JOIN salgspuls.trackers AS trackers ON trackers.tracker_id = found.tracker_id
    GROUP BY call_id
) AS heard ON heard.call_id = calls.call_id
ORDER BY sentiment_compound IS NULL, sentiment_compound, call_id;
