-- How each deal stood from changed_at on.
CREATE OR REPLACE VIEW salgspuls.opportunity_changes AS
SELECT
    opportunity_id, changed_at, seller_id, customer_id, name, stage, state, estimated_value, actual_value, currency,
    win_probability, estimated_close_on, closed_on
FROM salgspuls_store.opportunity_changes FINAL;
