-- Where top sellers say the words of best_practice_words: the newest 200 sentences of the last 30 days of the range, as far as
-- text is kept.
CREATE OR REPLACE VIEW salgspuls.best_practice_calls AS
WITH
    (
        SELECT groupArrayIf(seller_id, is_top)
        FROM salgspuls.seller_style(
            from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
    ) AS top_sellers,
    (
        SELECT groupArray((term, word))
        FROM
        (
            SELECT term, word
            FROM salgspuls.best_practice_words(
                from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
            ORDER BY z DESC
            LIMIT 20
        )
    ) AS best
SELECT
    call_id, seller_id, call_started_at, start_ms, text,
    arrayMap(found -> tupleElement(found, 2), arrayFilter(found -> has(terms, tupleElement(found, 1)), best)) AS words
FROM salgspuls_store.segments FINAL
WHERE speaker = 'seller' AND consent
    AND call_started_at >= greatest({from:DateTime64(3)}, subtractDays({to:DateTime64(3)}, 30))
    AND call_started_at <= {to:DateTime64(3)}
    AND has(top_sellers, seller_id)
    AND hasAny(terms, arrayMap(found -> tupleElement(found, 1), best))
ORDER BY call_started_at DESC, call_id, start_ms
LIMIT 200;
