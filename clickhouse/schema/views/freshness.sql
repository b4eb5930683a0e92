-- How old the newest event is, by when it was received.
CREATE OR REPLACE VIEW salgspuls.freshness AS
SELECT max(newest) AS newest_event_at, dateDiff('second', max(newest), now64(3)) AS age_seconds
FROM
(
    SELECT max(last_event_at) AS newest FROM salgspuls_store.calls
    UNION ALL
    SELECT max(received_at) FROM salgspuls_store.opportunity_changes
    UNION ALL
    SELECT max(received_at) FROM salgspuls_store.activities
);
