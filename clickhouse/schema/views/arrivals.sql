-- For each kind of fact: how many are stored, and when the newest of them arrived.
CREATE OR REPLACE VIEW salgspuls.arrivals AS
SELECT 'calls' AS kind, count() AS stored, maxOrNull(last_event_at) AS newest
FROM salgspuls.calls
UNION ALL
SELECT 'deals', count(), maxOrNull(received_at)
FROM salgspuls_store.opportunity_changes FINAL
UNION ALL
SELECT 'activities', count(), maxOrNull(received_at)
FROM salgspuls_store.activities FINAL;
