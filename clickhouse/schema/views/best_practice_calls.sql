-- Where the top sellers of a language say the words of best_practice_words, the first twenty of each language: the newest 200
-- sentences of the last 30 days of the range, as far as text is kept.
CREATE OR REPLACE VIEW salgspuls.best_practice_calls AS
WITH
    (
        SELECT groupArray((language, term, word, top_sellers))
        FROM salgspuls.best_practice_words(
            from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
        WHERE place <= 20
    ) AS best
SELECT
    call_id, seller_id, call_started_at, start_ms, text, lower(splitByChar('-', toString(segments.language))[1]) AS spoken,
    arrayMap(
        found -> tupleElement(found, 3),
        arrayFilter(found -> tupleElement(found, 1) = spoken AND has(terms, tupleElement(found, 2)), best)) AS words
FROM salgspuls_store.segments AS segments FINAL
WHERE speaker = 'seller' AND consent
    AND call_started_at >= greatest({from:DateTime64(3)}, subtractDays({to:DateTime64(3)}, 30))
    AND call_started_at <= {to:DateTime64(3)}
    AND (spoken, toString(seller_id)) IN (
        SELECT tupleElement(one, 1), arrayJoin(tupleElement(one, 4)) FROM (SELECT arrayJoin(best) AS one))
    AND hasAny(terms, arrayMap(found -> tupleElement(found, 2), best))
    AND notEmpty(words)
ORDER BY call_started_at DESC, call_id, start_ms
LIMIT 200;
