-- Calls in progress that have turned negative: the time-weighted mean compound of what the customer said in the last three
-- minutes, of a call shorter than six in its second half, is at least 0.3 below that of what they said before; at least 20
-- seconds each. Who was negative from the start has not turned.
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
            spoken_at > greatest(
                subtractMinutes(moment, 3), addMilliseconds(call_started_at, intDiv(dateDiff('millisecond', call_started_at, moment), 2))
            ) AS lately
        FROM salgspuls.segments
        WHERE call_id IN (SELECT call_id FROM running)
            AND call_started_at > subtractHours(moment, 4) AND spoken_at <= moment
            AND speaker = 'customer' AND sentiment != ''
    )
    GROUP BY call_id
) AS said
INNER JOIN running ON running.call_id = said.call_id
LEFT JOIN salgspuls.sellers AS sellers ON sellers.seller_id = running.seller_id
WHERE ms_lately >= 20000 AND ms_before >= 20000 AND compound <= compound_before - 0.3;
