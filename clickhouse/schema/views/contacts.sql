-- Contacts with a customer that are linked to a deal: recorded calls, with how the customer felt, and logged activities.
CREATE OR REPLACE VIEW salgspuls.contacts AS
SELECT
    opportunity_id, call.at AS at, toFloat64(call.duration_ms) / 60000 AS minutes, call.call_id AS call_id,
    call.compound AS sentiment_compound
FROM
(
    SELECT opportunity_id, arrayJoin(calls) AS call
    FROM salgspuls_store.deal_hours FINAL
)
UNION ALL
SELECT opportunity_id, started_at AS at, duration_minutes AS minutes, '' AS call_id, NULL AS sentiment_compound
FROM salgspuls.activities
WHERE opportunity_id != '' AND with_customer;
