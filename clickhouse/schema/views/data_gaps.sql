-- Two hours and more in which no call began although, by the same hours of the range's working days, ten and more usually
-- do (tz: the sellers' time zone). Hours that follow one another are one gap; weekends and nights are none.
CREATE OR REPLACE VIEW salgspuls.data_gaps AS
WITH
    toDateTime64({from:DateTime64(3)}, 3, 'UTC') AS asked_from,
    least(toDateTime64({to:DateTime64(3)}, 3, 'UTC'), now64(3, 'UTC')) AS asked_to,
    called AS
    (
        SELECT hour, sum(calls) AS calls
        FROM salgspuls.seller_hours
        WHERE hour >= asked_from AND hour < toStartOfHour(asked_to)
        GROUP BY hour
    ),
    (SELECT (min(hour), max(hour), uniqExactIf(toDate(toTimeZone(hour, {tz:String})), toDayOfWeek(toTimeZone(hour, {tz:String})) <= 5)) FROM called) AS known,
    usual AS
    (
        SELECT toHour(toTimeZone(hour, {tz:String})) AS local_hour, sum(calls) / nullIf(tupleElement(known, 3), 0) AS calls
        FROM called
        WHERE toDayOfWeek(toTimeZone(hour, {tz:String})) <= 5
        GROUP BY local_hour
    ),
    hours AS
    (
        SELECT addHours(assumeNotNull(tupleElement(known, 1)), number) AS hour
        FROM numbers(toUInt64(greatest(0, ifNull(dateDiff('hour', tupleElement(known, 1), toStartOfHour(asked_to)), 0))))
    ),
    missing AS
    (
        SELECT hours.hour AS hour, usual.calls AS usual_calls
        FROM hours
        LEFT ANTI JOIN called ON called.hour = hours.hour
        INNER JOIN usual ON usual.local_hour = toHour(toTimeZone(hours.hour, {tz:String}))
        WHERE toDayOfWeek(toTimeZone(hours.hour, {tz:String})) <= 5 AND usual.calls > 0
    )
SELECT
    toDateTime64(min(hour), 3, 'UTC') AS time,
    toDateTime64(addHours(max(hour), 1), 3, 'UTC') AS time_end,
    count() AS gap_hours,
    sum(usual_calls) AS calls_missed
FROM
(
    SELECT hour, usual_calls, toUnixTimestamp(hour) - 3600 * row_number() OVER (ORDER BY hour) AS island
    FROM missing
)
GROUP BY island
HAVING gap_hours >= 2 AND calls_missed >= 10
ORDER BY time;
