-- When the first call, deal or activity was; from here on is "all time". When the first call was.
CREATE OR REPLACE VIEW salgspuls.first_event AS
SELECT minOrNull(at) AS first_event_at, minOrNullIf(at, is_call) AS first_call_at
FROM
(
    SELECT min(call_started_at) AS at, true AS is_call FROM salgspuls_store.calls HAVING count() > 0
    UNION ALL
    SELECT min(least(changed_at, ifNull(toDateTime64(closed_on, 3, 'UTC'), changed_at))), false
    FROM salgspuls_store.opportunity_changes HAVING count() > 0
    UNION ALL
    SELECT min(started_at), false FROM salgspuls_store.activities HAVING count() > 0
);
