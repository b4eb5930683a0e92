-- The sellers about whom there is enough to say in the range: five calls of a minute and more, and ten minutes of speech.
-- One call less says more about that call than about the seller.
CREATE OR REPLACE VIEW salgspuls.sellers_with_enough AS
SELECT seller_id
FROM salgspuls.calls
WHERE call_started_at >= {from:DateTime64(3)} AND call_started_at <= {to:DateTime64(3)}
GROUP BY seller_id
HAVING countIf(duration_ms >= 60000) >= 5 AND sum(talk_seller_ms + talk_customer_ms) >= 600000;
