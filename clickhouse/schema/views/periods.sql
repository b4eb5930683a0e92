-- Sales periods and their targets, as events said them.
CREATE OR REPLACE VIEW salgspuls.periods AS
SELECT period_id, starts_on, ends_on, team, target_value, currency
FROM salgspuls_store.periods FINAL;
