-- One row: for how long nothing of a live call has been stored, within today's office hours (in minutes after midnight in
-- the sellers' zone, Monday to Friday; 0 outside). Counted is when it was stored, by ClickHouse's own clock, not when it
-- was said or sent: while a worker reads what has piled up, something comes. Live are calls of which the events came within
-- a day; so an import of history does not hide that the telephones are dead, nor is there silence before the first live
-- call. `calls_missed`: how many calls usually begin in such a time, from the same hours of the last 28 days, days without
-- any call left out; empty when nothing is known of them. Sellers who call ten times an hour are often silent for five
-- minutes; that ten calls in a row are missing is no chance.
CREATE OR REPLACE VIEW salgspuls.silence AS
WITH
    toDateTime64({at:DateTime64(3)}, 3, 'UTC') AS moment,
    toTimeZone(moment, {tz:String}) AS local,
    toUnixTimestamp(toStartOfDay(local)) AS midnight,
    toUnixTimestamp(moment) AS now_s,
    midnight + 60 * {opens:UInt16} AS opens_s,
    live AS
    (
        SELECT call_started_at, least(stored_at, moment) AS stored
        FROM salgspuls_store.calls
        WHERE call_started_at > subtractDays(moment, 28) AND call_started_at <= moment
            AND last_event_at < addDays(call_started_at, 1)
    ),
    (SELECT maxIf(stored, call_started_at > subtractDays(moment, 1)) FROM live) AS stored_last_at,
    (SELECT count() FROM live) > 0
        AND toDayOfWeek(local) <= 5 AND now_s >= opens_s AND now_s < midnight + 60 * {closes:UInt16} AS is_open,
    greatest(toUnixTimestamp(stored_last_at), opens_s) AS since_s,
    past AS
    (
        SELECT toTimeZone(hour, {tz:String}) AS local_hour, calls
        FROM salgspuls.seller_hours
        WHERE hour >= subtractDays(moment, 28) AND hour < toDateTime(midnight) AND toDayOfWeek(local_hour) <= 5
    ),
    (SELECT uniqExact(toDate(local_hour)) FROM past) AS days,
    (
        SELECT sum(calls * greatest(0, least(now_s, starts_s + 3600) - greatest(since_s, starts_s)) / 3600)
        FROM (SELECT calls, midnight + 3600 * toHour(local_hour) AS starts_s FROM past)
    ) AS calls_in_such_times
SELECT
    stored_last_at,
    if(is_open, greatest(0, now_s - since_s), 0) AS silent_seconds,
    if(is_open, calls_in_such_times / nullIf(days, 0), NULL) AS calls_missed;
