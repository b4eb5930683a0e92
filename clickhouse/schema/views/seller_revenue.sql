-- What each seller won in a range: the revenue of their deals and how many these are.
CREATE OR REPLACE VIEW salgspuls.seller_revenue AS
SELECT seller_id, sum(ifNull(actual_value, 0)) AS revenue, count() AS deals_won
FROM salgspuls.deals_at(at = {to:DateTime64(3)}, tz = {tz:String})
WHERE state = 'won' AND closed_on >= toDate32({from:DateTime64(3)}, {tz:String})
GROUP BY seller_id;
