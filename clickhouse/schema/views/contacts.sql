-- Contacts with a customer that are linked to a deal: recorded calls, with how the customer felt, and logged activities.
CREATE OR REPLACE VIEW salgspuls.contacts AS
SELECT
    opportunity_id, calls.at AS at, toFloat64(calls.duration_ms) / 60000 AS minutes, calls.call_id AS call_id,
    calls.compound AS sentiment_compound
FROM salgspuls_store.deal_hours FINAL
ARRAY JOIN calls.at, calls.duration_ms, calls.call_id, calls.compound
UNION ALL
SELECT opportunity_id, started_at AS at, duration_minutes AS minutes, '' AS call_id, NULL AS sentiment_compound
FROM salgspuls.activities
WHERE opportunity_id != '' AND with_customer;
