-- The calendar month to now beside the same elapsed part of the month before. `competitor_calls` mention a tracked
-- competitor or another brand or organization.
CREATE OR REPLACE VIEW salgspuls.recording_kpis AS
WITH
    now64(3, 'UTC') AS this_to,
    toDateTime64(toStartOfMonth(toTimeZone(this_to, {tz:String})), 3, {tz:String}) AS this_from,
    toDateTime64(subtractMonths(toStartOfMonth(toTimeZone(this_to, {tz:String})), 1), 3, {tz:String}) AS before_from,
    least(addMilliseconds(before_from, dateDiff('millisecond', this_from, this_to)), this_from) AS before_to,
    everybody AS
    (
        SELECT has({teams:Array(String)}, '') AND has({sellers:Array(String)}, '') AS yes
    ),
    chosen AS
    (
        SELECT seller_id
        FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = {sellers:Array(String)})
    ),
    mentions AS
    (
        SELECT call_id, max(kind = 'keyword') AS keyword, max(kind != 'keyword') AS competitor
        FROM
        (
            SELECT call_id, toString(tracked.kind) AS kind
            FROM salgspuls.call_keywords AS found
            INNER JOIN (SELECT tracker_id, kind FROM salgspuls.trackers WHERE NOT removed) AS tracked
                ON tracked.tracker_id = found.tracker_id
            WHERE call_started_at >= before_from
            UNION ALL
            SELECT call_id, 'brand' FROM salgspuls.call_names WHERE call_started_at >= before_from
        )
        GROUP BY call_id
    )
SELECT
    countIf(now_part) AS calls,
    countIf(NOT now_part) AS calls_before,
    sumIf(toFloat64(duration_ms), now_part) / 3600000 AS hours,
    sumIf(toFloat64(duration_ms), NOT now_part) / 3600000 AS hours_before,
    countIf(now_part AND keyword) AS keyword_calls,
    countIf(NOT now_part AND keyword) AS keyword_calls_before,
    countIf(now_part AND competitor) AS competitor_calls,
    countIf(NOT now_part AND competitor) AS competitor_calls_before
FROM
(
    SELECT calls.call_id AS call_id, duration_ms, call_started_at >= this_from AS now_part, keyword, competitor
    FROM salgspuls.calls AS calls
    LEFT JOIN mentions ON mentions.call_id = calls.call_id
    WHERE call_started_at >= before_from AND call_started_at <= this_to
        AND (call_started_at >= this_from OR call_started_at < before_to)
        AND ((SELECT yes FROM everybody) OR seller_id IN (SELECT seller_id FROM chosen))
);
