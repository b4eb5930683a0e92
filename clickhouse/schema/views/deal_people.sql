-- Who of the customer's side took part in the calls of a deal, by the name that the calls give.
CREATE OR REPLACE VIEW salgspuls.deal_people AS
SELECT
    opportunity_id,
    person.1 AS name,
    count() AS calls,
    max(call_started_at) AS last_call_at
FROM
(
    SELECT
        opportunity_id, call_started_at,
        arrayJoin(arrayDistinct(arrayFilter(
            one -> one.2 = 'customer' AND one.1 != '', arrayZip(participant_names, participant_sides)))) AS person
    FROM salgspuls.calls
    WHERE opportunity_id != ''
)
GROUP BY opportunity_id, name;
