-- How often the top sellers of a language say the words of best_practice_words, by day of the viewer's time zone: uses, and
-- calls with at least one of them; the first twenty words of each language.
CREATE OR REPLACE VIEW salgspuls.best_practice_days AS
SELECT
    toStartOfDay(hour, {tz:String}) AS day, words.language AS language, words.term AS term, any(words.word) AS word,
    any(words.place) AS place, any(words.z) AS z, sum(said.uses) AS uses, sum(said.calls) AS calls
FROM salgspuls.word_hours AS said
INNER JOIN
(
    SELECT language, term, word, place, z
    FROM salgspuls.best_practice_words(
        from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
    WHERE place <= 20
) AS words ON words.term = toString(said.term) AND words.language = toString(said.language)
WHERE hour >= toStartOfHour({from:DateTime64(3)}) AND hour < {to:DateTime64(3)}
    AND (toString(said.language), toString(seller_id)) IN
    (
        SELECT language, seller_id
        FROM salgspuls.speakers(
            from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
        WHERE is_top_speaker
    )
GROUP BY day, language, term;
