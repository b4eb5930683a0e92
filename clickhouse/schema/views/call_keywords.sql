-- How often each side of a call mentions a tracker, and when it was first heard (ms since the call's start).
CREATE OR REPLACE VIEW salgspuls.call_keywords AS
SELECT call_id, seller_id, call_started_at, tracker_id, mentions_seller, mentions_customer, first_ms
FROM salgspuls_store.call_keywords FINAL
WHERE mentions_seller + mentions_customer > 0;
