-- How old the newest event is, by when it arrived. What an older program stored with a date ahead does not count.
CREATE OR REPLACE VIEW salgspuls.freshness AS
SELECT max(newest) AS newest_event_at, dateDiff('second', max(newest), now64(3)) AS age_seconds
FROM
(
    SELECT maxIf(last_event_at, last_event_at <= now64(3)) AS newest FROM salgspuls_store.calls
    UNION ALL
    SELECT maxIf(received_at, received_at <= now64(3)) FROM salgspuls_store.opportunity_changes
    UNION ALL
    SELECT maxIf(received_at, received_at <= now64(3)) FROM salgspuls_store.activities
);
