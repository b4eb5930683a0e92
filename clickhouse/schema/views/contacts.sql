-- Contacts with a customer that are linked to a deal: recorded calls and logged activities.
CREATE OR REPLACE VIEW salgspuls.contacts AS
SELECT opportunity_id, call_started_at AS at, toFloat64(duration_ms) / 60000 AS minutes
FROM salgspuls.calls
WHERE opportunity_id != ''
UNION ALL
SELECT opportunity_id, started_at AS at, duration_minutes AS minutes
FROM salgspuls.activities
WHERE opportunity_id != '' AND with_customer;
