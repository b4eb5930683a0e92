-- Each call of some kinds, directions and languages whose sentiment is known. `flagged`: its negative share is above the mean negative share of these calls, by more
-- than the rounding of the mean.
CREATE OR REPLACE VIEW salgspuls.call_sentiment AS
WITH
    (
        SELECT sum(negative_share_sum) / nullIf(sum(sentiment_calls), 0)
        FROM salgspuls.seller_sums(
            from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, {{kinds}})
        WHERE (has({teams:Array(String)}, '') AND has({sellers:Array(String)}, ''))
            OR seller_id IN (
                SELECT seller_id
                FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = {sellers:Array(String)}))
    ) AS mean
SELECT *, mean AS mean_negative, ifNull(sentiment_negative > mean + 1e-9, 0) AS flagged
FROM salgspuls.calls
WHERE sentiment_label != ''
    AND call_started_at >= {from:DateTime64(3)} AND call_started_at <= {to:DateTime64(3)}
    AND {{of_kind}}
    AND (
        (has({teams:Array(String)}, '') AND has({sellers:Array(String)}, ''))
        OR seller_id IN (
            SELECT seller_id
            FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = {sellers:Array(String)})));
