-- Each deal as it is known now.
CREATE OR REPLACE VIEW salgspuls.opportunities AS
SELECT *
FROM salgspuls.opportunity_changes
ORDER BY changed_at DESC
LIMIT 1 BY opportunity_id;
