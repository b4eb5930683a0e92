-- How often each side of a call mentions a name that is in no list, and when it was first heard (ms since the call's
-- start).
CREATE OR REPLACE VIEW salgspuls.call_names AS
SELECT call_id, seller_id, call_started_at, name_key, name, mentions_seller, mentions_customer, first_ms
FROM salgspuls_store.call_names FINAL
WHERE mentions_seller + mentions_customer > 0;
