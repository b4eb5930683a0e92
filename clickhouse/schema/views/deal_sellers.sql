-- Whose each deal is, as it was last known.
CREATE OR REPLACE VIEW salgspuls.deal_sellers AS
SELECT opportunity_id, argMax(seller_id, (changed_at, revision)) AS seller_id
FROM salgspuls_store.opportunity_changes
GROUP BY opportunity_id;
