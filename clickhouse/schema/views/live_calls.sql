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
