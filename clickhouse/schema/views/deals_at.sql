-- Each deal as it stood at a moment: won or lost by its day of closing, else open with the values it had then. No row for
-- a deal that was not known yet.
CREATE OR REPLACE VIEW salgspuls.deals_at AS
SELECT
    opportunity_id, seller_id, customer_id, name, currency, state,
    if(is_closed, closed_on_now, NULL) AS closed_on,
    if(is_closed, actual_value_now, NULL) AS actual_value,
    stage, estimated_value, win_probability, estimated_close_on
FROM salgspuls.deals_known(at = {at:DateTime64(3)}, tz = {tz:String})
WHERE state != '';
