-- How often top sellers say the words of best_practice_words, by day of the viewer's time zone: uses, and calls with at least
-- one of them.
CREATE OR REPLACE VIEW salgspuls.best_practice_days AS
WITH
    (
        SELECT groupArrayIf(seller_id, is_top)
        FROM salgspuls.seller_style(
            from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
    ) AS top_sellers
SELECT
    toStartOfDay(hour, {tz:String}) AS day, words.term AS term, any(words.word) AS word,
    sum(said.uses) AS uses, sum(said.calls) AS calls
FROM salgspuls.word_hours AS said
INNER JOIN
(
    SELECT term, word
    FROM salgspuls.best_practice_words(
        from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
    ORDER BY z DESC
    LIMIT 20
) AS words ON words.term = toString(said.term)
WHERE hour >= toStartOfHour({from:DateTime64(3)}) AND hour <= {to:DateTime64(3)} AND has(top_sellers, seller_id)
GROUP BY day, term;
