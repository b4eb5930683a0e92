-- The sellers that are looked at: of these teams and among these; a list that holds '' is everybody. It is the parameter
-- pair (teams, sellers) of most other views too.
CREATE OR REPLACE VIEW salgspuls.chosen_sellers AS
SELECT seller_id, name, team, starred, active
FROM salgspuls.sellers
WHERE (has({teams:Array(String)}, '') OR has({teams:Array(String)}, team))
    AND (has({sellers:Array(String)}, '') OR has({sellers:Array(String)}, seller_id));
