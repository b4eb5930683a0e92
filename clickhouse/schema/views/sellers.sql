-- Sellers as they are now.
CREATE OR REPLACE VIEW salgspuls.sellers AS
SELECT seller_id, name, team, manager_id, starred, active
FROM salgspuls_store.sellers FINAL;
