-- A call whose end was never reported counts as over after ten minutes without an event, and a day after its start; one that is
-- to begin has not begun.
CREATE OR REPLACE VIEW salgspuls.calls_in_progress AS
SELECT *
FROM salgspuls.calls
WHERE NOT ended AND last_event_at > now64(3) - INTERVAL 10 MINUTE AND call_started_at > now64(3) - INTERVAL 1 DAY AND call_started_at <= now64(3);
