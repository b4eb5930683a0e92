-- Which sellers speak which language in a range, and who of them are the top sellers of that language: those whose revenue is
-- above the mean of all who speak it, or who have a star where any seller has one. A seller speaks a language when at least a
-- quarter of their words are in it. Who is a top seller does not go by what is enough to judge a style by.
CREATE OR REPLACE VIEW salgspuls.speakers AS
SELECT
    language, spoken.seller_id AS seller_id, words, calls,
    if(by_stars, is_top, revenue > avg(revenue) OVER (PARTITION BY language)) AS is_top_speaker
FROM
(
    SELECT seller_id, language, words, calls, sum(words) OVER (PARTITION BY seller_id) AS all_words
    FROM
    (
        SELECT seller_id, language, sum(uses) AS words, sum(calls) AS calls
        FROM salgspuls.words_said(from = {from:DateTime64(3)}, to = {to:DateTime64(3)})
        WHERE term = ''
        GROUP BY seller_id, language
    )
) AS spoken
INNER JOIN
(
    SELECT seller_id, revenue, is_top, by_stars
    FROM salgspuls.seller_style(
        from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)},
        kinds = [''], directions = [''], languages = [''], enough_calls = 0, enough_seconds = 60, enough_minutes = 0)
) AS style ON style.seller_id = spoken.seller_id
WHERE 4 * words >= all_words;
