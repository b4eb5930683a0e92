-- Which sellers speak which language in a range, and who of them are the top sellers of that language: those whose revenue is
-- above the mean of all who speak it, or who have a star where any seller of the teams has one. A seller speaks a language when
-- at least a quarter of their words are in it. Who is a top seller does not go by what is enough to judge a style by.
CREATE OR REPLACE VIEW salgspuls.speakers AS
SELECT
    language, spoken.seller_id AS seller_id, words, calls,
    if(by_stars, has(starred, seller_id), ifNull(won.revenue, 0) > avg(ifNull(won.revenue, 0)) OVER (PARTITION BY language))
        AS is_top_speaker
FROM
(
    SELECT seller_id, language, words, calls, sum(words) OVER (PARTITION BY seller_id) AS all_words
    FROM
    (
        SELECT
            toString(seller_id) AS seller_id, toString(language) AS language, sum(uses) AS words,
            sum(said.calls) AS calls
        FROM salgspuls.words_said(from = {from:DateTime64(3)}, to = {to:DateTime64(3)}) AS said
        WHERE term = ''
        GROUP BY seller_id, language
    )
) AS spoken
LEFT JOIN
(
    SELECT toString(seller_id) AS seller_id, revenue
    FROM salgspuls.seller_revenue(from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String})
) AS won ON won.seller_id = spoken.seller_id
CROSS JOIN
(
    SELECT groupArray(seller_id) AS of_teams, groupArrayIf(seller_id, starred) AS starred, notEmpty(starred) AS by_stars
    FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = [''])
) AS chosen
WHERE (has({teams:Array(String)}, '') OR has(of_teams, seller_id)) AND words > 0 AND 4 * words >= all_words;
