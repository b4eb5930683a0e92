-- Each call whose sentiment is known. `flagged`: its negative share is above the mean negative share of these calls.
CREATE OR REPLACE VIEW salgspuls.call_sentiment AS
SELECT
    *, avg(sentiment_negative) OVER () AS mean_negative, sentiment_negative > mean_negative AS flagged
FROM salgspuls.calls
WHERE sentiment_label != ''
    AND call_started_at >= {from:DateTime64(3)} AND call_started_at <= {to:DateTime64(3)}
    AND (
        (has({teams:Array(String)}, '') AND has({sellers:Array(String)}, ''))
        OR seller_id IN (
            SELECT seller_id
            FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = {sellers:Array(String)})));
