-- How often the top sellers of a language say the words of best_practice_words, by day of the viewer's time zone: uses, and
-- calls with at least one of them; the first twenty words of each language.
CREATE OR REPLACE VIEW salgspuls.best_practice_days AS
WITH
    (
        SELECT groupArray((language, term, word, place, z, top_sellers))
        FROM salgspuls.best_practice_words(
            from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
        WHERE place <= 20
    ) AS best
SELECT
    toStartOfDay(hour, {tz:String}) AS day, words.language AS language, words.term AS term, any(words.word) AS word,
    any(words.place) AS place, any(words.z) AS z, sum(said.uses) AS uses, sum(said.calls) AS calls
FROM
(
    SELECT seller_id, hour, toString(language) AS language, toString(term) AS term, uses, calls
    FROM salgspuls_store.word_hours FINAL
    -- before FINAL, which it may be: all of it is of the key
    PREWHERE term IN (SELECT tupleElement(arrayJoin(best), 2))
        AND hour >= toStartOfHour({from:DateTime64(3)}) AND hour < {to:DateTime64(3)}
    WHERE uses > 0
) AS said
INNER JOIN
(
    SELECT
        tupleElement(one, 1) AS language, tupleElement(one, 2) AS term, tupleElement(one, 3) AS word,
        tupleElement(one, 4) AS place, tupleElement(one, 5) AS z, tupleElement(one, 6) AS top_sellers
    FROM (SELECT arrayJoin(best) AS one)
) AS words ON words.term = said.term AND words.language = said.language
WHERE has(words.top_sellers, toString(said.seller_id))
GROUP BY day, language, term;
