-- How often each side of a call mentions a name that is in no list and that no event knows, when it was first heard (ms
-- since the call's start), and whose call it is.
CREATE OR REPLACE VIEW salgspuls.call_names AS
SELECT call_id, seller_id, call_started_at, name_key, name, mentions_seller, mentions_customer, first_ms,
    customer
FROM salgspuls_store.call_names FINAL
WHERE mentions_seller + mentions_customer > 0 AND name_key NOT IN (SELECT name_key FROM salgspuls.known_names);
