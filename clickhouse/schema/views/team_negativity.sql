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
