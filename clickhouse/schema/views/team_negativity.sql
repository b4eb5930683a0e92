-- By team: is what customers say now more negative than usual? `score` above 1 is a spike: at two looks, now and ten seconds
-- ago, what customers said in the last 90 seconds (or at both what they said in the last 15 minutes) is more negative than chance
-- explains, by their negative share and by their mean compound together: so many standard deviations as the share lies above
-- the team's usual one, and the compound below 0, are 4.5 and more in sum. They are those of as many statements as there are
-- calls, weighed by how much their customers say: what a customer says goes by what was said before, however long the call.
-- A third is what the compounds of ordinary calls differ by in 90 seconds. The usual share is the one of the last 28 days
-- around this hour of the day; where little was said then it leans on the whole days.
-- 0 with less than half a minute of speech, less than ten points above the usual share, or fewer than three calls in which the
-- customer is mostly negative: one unhappy customer is no spike. No row for a team of which less than half an hour of
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
            (sumIf(negative, at_this_time) + 1800000 * whole_days) / (sumIf(speech, at_this_time) + 1800000) AS share
        FROM past
        GROUP BY team
        HAVING sum(speech) >= 1800000
    ),
    said_in_calls AS
    (
        SELECT
            seller_id,
            call_id,
            arrayJoin(
                arrayFilter(
                    look -> spoken_at > subtractSeconds(moment, look.1 + look.2)
                        AND addMilliseconds(call_started_at, end_ms) <= subtractSeconds(moment, look.1),
                    [(0, 90), (10, 90), (0, 900), (10, 900)])) AS look,
            toFloat64(sum(end_ms - start_ms)) AS speech,
            toFloat64(sumIf(end_ms - start_ms, sentiment = 'negative')) AS negative,
            sum((end_ms - start_ms) * ifNull(compound, 0)) AS felt
        FROM salgspuls.segments
        WHERE call_id IN
            (
                SELECT call_id
                FROM salgspuls.calls
                WHERE call_started_at > subtractHours(moment, 4) AND call_started_at <= moment
                    AND last_event_at > subtractMinutes(moment, 16)
            )
            AND call_started_at > subtractHours(moment, 4) AND call_started_at <= moment
            AND spoken_at > subtractMinutes(moment, 16) AND addMilliseconds(call_started_at, end_ms) <= moment
            AND speaker = 'customer' AND sentiment != ''
        GROUP BY seller_id, call_id, look
    ),
    said AS
    (
        SELECT
            team,
            look,
            sum(said_in_calls.speech) AS speech,
            sum(said_in_calls.negative) / speech AS share,
            sum(said_in_calls.felt) / speech AS compound,
            speech * speech / sum(said_in_calls.speech * said_in_calls.speech) AS statements,
            countIf(said_in_calls.speech >= 8000 AND said_in_calls.negative >= said_in_calls.speech / 2) AS negative_calls
        FROM said_in_calls
        INNER JOIN salgspuls.sellers AS sellers ON sellers.seller_id = said_in_calls.seller_id
        GROUP BY team, look
        HAVING speech > 0
    ),
    judged AS
    (
        SELECT
            usual.team AS team,
            usual.share AS usual_share,
            said.look AS look,
            said.speech AS speech,
            said.share AS share,
            ((share - usual_share) / sqrt(usual_share * (1 - usual_share)) - 3 * compound) * sqrt(statements) AS deviations,
            if(speech >= 30000 AND share >= usual_share + 0.1 AND negative_calls >= 3, deviations / 4.5, 0) AS score
        FROM usual
        LEFT JOIN said ON said.team = usual.team
    ),
    held AS
    (
        SELECT
            team,
            any(usual_share) AS usual_share,
            if(count() = 2, min(score), 0) AS score,
            argMin(share, look.1) AS share,
            argMin(speech, look.1) AS speech
        FROM judged
        GROUP BY team, look.2
    )
SELECT
    toString(team) AS team,
    max(held.score) AS score,
    argMax(share, (held.score, speech)) AS negative_share,
    any(usual_share) AS usual_share,
    max(speech) / 1000 AS speech_seconds
FROM held
GROUP BY team;
