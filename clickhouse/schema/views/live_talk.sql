-- Calls in progress with who takes part.
CREATE OR REPLACE VIEW salgspuls.live_talk AS
SELECT
    calls.call_id AS call_id, calls.seller_id AS seller_id, sellers.team AS team,
    if(sellers.name = '', calls.seller_id, sellers.name) AS seller,
    customer_name AS customer,
    toUnixTimestamp64Milli(call_started_at) AS from_ms,
    toFloat64(duration_ms) / 60000 AS minutes,
    talk_ratio, sentiment_compound, sentiment_label, sentiment_direction
FROM salgspuls.calls_in_progress AS calls
LEFT JOIN salgspuls.sellers AS sellers ON sellers.seller_id = calls.seller_id;
