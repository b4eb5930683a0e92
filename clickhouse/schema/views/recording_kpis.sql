-- The calendar month to now beside the same elapsed part of the month before. `competitor_calls` mention a tracked
-- competitor or another brand or organization.
CREATE OR REPLACE VIEW salgspuls.recording_kpis AS
WITH
    now64(3, 'UTC') AS this_to,
    toDateTime64(toStartOfMonth(toTimeZone(this_to, {tz:String})), 3, {tz:String}) AS this_from,
    toDateTime64(subtractMonths(toStartOfMonth(toTimeZone(this_to, {tz:String})), 1), 3, {tz:String}) AS before_from,
    least(addMilliseconds(before_from, dateDiff('millisecond', this_from, this_to)), this_from) AS before_to,
    has({teams:Array(String)}, '') AND has({sellers:Array(String)}, '') AS everybody,
    chosen AS
    (
        SELECT seller_id
        FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = {sellers:Array(String)})
    ),
    tracked AS
    (
        SELECT tracker_id, kind
        FROM salgspuls.trackers
        WHERE NOT removed
    ),
    counted AS
    (
        SELECT
            countIf(call_started_at >= this_from) AS calls,
            count() - calls AS calls_before,
            sumIf(toFloat64(duration_ms), call_started_at >= this_from) / 3600000 AS hours,
            sumIf(toFloat64(duration_ms), call_started_at < this_from) / 3600000 AS hours_before
        FROM salgspuls.calls
        WHERE call_started_at >= before_from AND call_started_at <= this_to
            AND (call_started_at >= this_from OR call_started_at < before_to)
            AND (everybody OR seller_id IN (SELECT seller_id FROM chosen))
    ),
    mentioned AS
    (
        -- a bit for each of the four, so that a call is looked up once
        SELECT
            countIf(bitTest(found, 0)) AS keyword_calls,
            countIf(bitTest(found, 1)) AS keyword_calls_before,
            countIf(bitTest(found, 2)) AS competitor_calls,
            countIf(bitTest(found, 3)) AS competitor_calls_before
        FROM
        (
            SELECT groupBitOr(bitShiftLeft(toUInt8(1), (NOT now_part) + 2 * (NOT keyword))) AS found
            FROM
            (
                SELECT
                    seller_id, call_started_at, call_id, call_started_at >= this_from AS now_part,
                    tracker_id IN (SELECT tracker_id FROM tracked WHERE kind = 'keyword') AS keyword
                FROM salgspuls.call_keywords
                WHERE call_started_at >= before_from AND call_started_at <= this_to
                    AND tracker_id IN (SELECT tracker_id FROM tracked)
                UNION ALL
                SELECT seller_id, call_started_at, call_id, call_started_at >= this_from, false
                FROM salgspuls.call_names
                WHERE call_started_at >= before_from AND call_started_at <= this_to
            )
            WHERE (now_part OR call_started_at < before_to)
                AND (everybody OR seller_id IN (SELECT seller_id FROM chosen))
            GROUP BY call_id
        )
    )
SELECT calls, calls_before, hours, hours_before, keyword_calls, keyword_calls_before, competitor_calls, competitor_calls_before
FROM counted
CROSS JOIN mentioned;
