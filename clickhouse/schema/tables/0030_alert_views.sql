-- What the alert rules look at. Each view takes the moment that is judged (at), so that a rule can be tried on any day
-- of the past; the rules themselves, with their limits, are in grafana/alerts.

-- By team: is what customers say now more negative than usual? `score` above 1 is a spike: the negative milliseconds of
-- the last 90 seconds, or of the last 15 minutes, lie further above what the team's usual share lets expect than chance
-- explains. Chance is measured in standard deviations of the team's own: `dispersion_ms` is how much speech counts as one
-- independent statement, from how the hours of 28 days differ. 2.5 are tolerated in 90 seconds: that three customers and
-- more are negative at the same time is rare, so this needs little proof and is soon seen. 3.5 are tolerated in 15 minutes,
-- in which one call after the other may be negative by chance. The usual share is the one of the last 28 days around this
-- hour of the day; where little was said then it leans on the whole days.
-- 0 with less than half a minute of speech, less than ten points above the usual share, or fewer than three calls in which
-- the customer is mostly negative: one unhappy customer is no spike. No row for a team of which less than half an hour of
-- customers' speech is known.
CREATE OR REPLACE VIEW salgspuls.team_negativity AS
WITH
    toDateTime64({at:DateTime64(3)}, 3, 'UTC') AS moment,
    toInt32(toHour(toTimeZone(moment, {tz:String}))) AS this_hour,
    past AS
    (
        SELECT
            team,
            hour,
            (toInt32(toHour(toTimeZone(hour, {tz:String}))) - this_hour + 24) % 24 IN (23, 0, 1) AS at_this_time,
            toFloat64(sum(negative_ms)) AS negative,
            toFloat64(sum(negative_ms + neutral_ms + positive_ms)) AS speech
        FROM salgspuls.seller_hours AS hours
        INNER JOIN salgspuls.sellers AS sellers ON sellers.seller_id = hours.seller_id
        WHERE hour >= subtractDays(moment, 28) AND hour < subtractHours(moment, 2)
        GROUP BY team, hour
    ),
    usual AS
    (
        SELECT
            team,
            -- a minute of every tenth word negative keeps the share away from 0 and 1
            (sum(negative) + 6000) / (sum(speech) + 60000) AS whole_days,
            (sumIf(negative, at_this_time) + 1800000 * whole_days) / (sumIf(speech, at_this_time) + 1800000) AS share,
            greatest(
                5000,
                (sum(negative * negative) - 2 * whole_days * sum(negative * speech) + whole_days * whole_days * sum(speech * speech))
                    / (whole_days * (1 - whole_days) * sum(speech))) AS dispersion_ms
        FROM past
        GROUP BY team
        HAVING sum(speech) >= 1800000
    ),
    said_in_calls AS
    (
        SELECT
            seller_id,
            call_id,
            arrayJoin(if(spoken_at > subtractSeconds(moment, 90), [90, 900], [900])) AS seconds,
            toFloat64(sum(end_ms - start_ms)) AS speech,
            toFloat64(sumIf(end_ms - start_ms, sentiment = 'negative')) AS negative
        FROM salgspuls.segments
        WHERE call_id IN
            (
                SELECT call_id
                FROM salgspuls.calls
                WHERE call_started_at > subtractHours(moment, 4) AND call_started_at <= moment
                    AND last_event_at > subtractMinutes(moment, 15)
            )
            AND call_started_at > subtractHours(moment, 4) AND call_started_at <= moment
            AND spoken_at > subtractMinutes(moment, 15) AND addMilliseconds(call_started_at, end_ms) <= moment
            AND speaker = 'customer' AND sentiment != ''
        GROUP BY seller_id, call_id, seconds
    ),
    said AS
    (
        SELECT
            team,
            seconds,
            sum(said_in_calls.speech) AS speech,
            sum(said_in_calls.negative) AS negative,
            countIf(said_in_calls.speech >= 8000 AND said_in_calls.negative >= said_in_calls.speech / 2) AS negative_calls
        FROM said_in_calls
        INNER JOIN salgspuls.sellers AS sellers ON sellers.seller_id = said_in_calls.seller_id
        GROUP BY team, seconds
    ),
    judged AS
    (
        SELECT
            usual.team AS team,
            usual.share AS usual_share,
            dispersion_ms,
            said.speech AS speech,
            said.negative / nullIf(said.speech, 0) AS share,
            (share - usual_share) * sqrt(speech) / sqrt(usual_share * (1 - usual_share) * dispersion_ms) AS deviations,
            if(said.seconds = 90, 2.5, 3.5) AS tolerated,
            if(speech >= 30000 AND share >= usual_share + 0.1 AND said.negative_calls >= 3, deviations / tolerated, 0) AS score
        FROM usual
        LEFT JOIN said ON said.team = usual.team
    )
SELECT
    toString(team) AS team,
    max(judged.score) AS score,
    ifNull(argMax(share, (judged.score, speech)), 0) AS negative_share,
    any(usual_share) AS usual_share,
    max(speech) / 1000 AS speech_seconds,
    any(dispersion_ms) AS dispersion_ms
FROM judged
GROUP BY team;

-- Calls in progress that have turned negative: the time-weighted mean compound of the customer's last three minutes,
-- where he said at least 20 seconds, and, when he said as much before, at least 0.3 below that.
CREATE OR REPLACE VIEW salgspuls.calls_turned_negative AS
WITH
    toDateTime64({at:DateTime64(3)}, 3, 'UTC') AS moment,
    running AS
    (
        SELECT call_id, seller_id, customer_name
        FROM salgspuls.calls
        WHERE call_started_at > subtractHours(moment, 4) AND call_started_at <= moment
            AND last_event_at > subtractMinutes(moment, 10)
            AND (NOT ended OR addMilliseconds(call_started_at, duration_ms) > moment)
    )
SELECT
    running.call_id AS call_id,
    if(sellers.name = '', running.seller_id, sellers.name) AS seller,
    toString(sellers.team) AS team,
    running.customer_name AS customer,
    said.compound AS compound,
    said.compound_before AS compound_before
FROM
(
    SELECT
        call_id,
        sumIf(ms, lately) AS ms_lately,
        sumIf(ms, NOT lately) AS ms_before,
        sumIf(ms * felt, lately) / nullIf(ms_lately, 0) AS compound,
        sumIf(ms * felt, NOT lately) / nullIf(ms_before, 0) AS compound_before
    FROM
    (
        SELECT
            call_id, compound AS felt, toFloat64(end_ms - start_ms) AS ms,
            spoken_at > subtractMinutes(moment, 3) AS lately
        FROM salgspuls.segments
        WHERE call_id IN (SELECT call_id FROM running)
            AND call_started_at > subtractHours(moment, 4) AND spoken_at <= moment
            AND speaker = 'customer' AND sentiment != ''
    )
    GROUP BY call_id
) AS said
INNER JOIN running ON running.call_id = said.call_id
LEFT JOIN salgspuls.sellers AS sellers ON sellers.seller_id = running.seller_id
WHERE ms_lately >= 20000 AND (ms_before < 20000 OR compound <= compound_before - 0.3);

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

-- By reason: messages refused in the last 15 minutes, and how many are usual in 15 minutes of the last 28 days. What
-- comes again of erased calls is refused as somebody wished.
CREATE OR REPLACE VIEW salgspuls.refusals AS
WITH
    toDateTime64({at:DateTime64(3)}, 3, 'UTC') AS moment,
    subtractMinutes(moment, 15) AS since
SELECT
    toString(topic) AS topic,
    toString(reason) AS reason,
    countIf(received_at > since) AS refused,
    countIf(received_at <= since) / (28 * 96) AS usual
FROM salgspuls.dead_letters
WHERE received_at > subtractDays(moment, 28) AND received_at <= moment AND reason != 'erased'
GROUP BY topic, reason
HAVING refused > 0;

-- By competitor that is tracked: calls of the last 24 hours in which a customer mentions it, and how many are usual for so
-- many calls, by its share of the calls of the 28 days before. `score` is the difference in standard deviations (of a
-- Poisson count, on the scale of Anscombe's square root, where it is good for small counts).
CREATE OR REPLACE VIEW salgspuls.competitor_calls AS
WITH
    toDateTime64({at:DateTime64(3)}, 3, 'UTC') AS moment,
    toStartOfHour(subtractHours(moment, 23)) AS recent_from,
    subtractDays(recent_from, 28) AS past_from,
    (
        SELECT (sumIf(calls, hour >= recent_from), sumIf(calls, hour < recent_from))
        FROM salgspuls.seller_hours
        WHERE hour >= past_from AND hour <= moment
    ) AS calls_then
SELECT
    toString(trackers.tracker_id) AS tracker_id,
    trackers.name AS competitor,
    sumIf(customer_calls, hour >= recent_from) AS mentioning,
    tupleElement(calls_then, 1) AS recent_calls,
    recent_calls * sumIf(customer_calls, hour < recent_from) / nullIf(tupleElement(calls_then, 2), 0) AS usual,
    2 * (sqrt(mentioning + 0.375) - sqrt(usual + 0.375)) AS score
FROM salgspuls.trackers AS trackers
INNER JOIN
(
    SELECT tracker_id, hour, customer_calls
    FROM salgspuls.keyword_hours
    WHERE hour >= past_from AND hour <= moment
) AS hours ON hours.tracker_id = trackers.tracker_id
WHERE trackers.kind = 'competitor' AND NOT trackers.removed
GROUP BY tracker_id, competitor
HAVING usual IS NOT NULL;
