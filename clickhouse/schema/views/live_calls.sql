-- Calls in progress with who takes part and what was heard so far, for the live tables.
CREATE OR REPLACE VIEW salgspuls.live_calls AS
SELECT
    live.call_id AS call_id, live.seller_id AS seller_id, live.team AS team, live.seller AS seller,
    live.customer AS customer, live.from_ms AS from_ms, live.minutes AS minutes, live.talk_ratio AS talk_ratio,
    live.sentiment_compound AS sentiment_compound, live.sentiment_label AS sentiment_label,
    live.sentiment_direction AS sentiment_direction,
    arrayStringConcat(arrayDistinct(heard.names), ', ') AS keywords
FROM salgspuls.live_talk AS live
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
) AS heard ON heard.call_id = live.call_id
ORDER BY sentiment_compound IS NULL, sentiment_compound, call_id;
