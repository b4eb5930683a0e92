-- Words and two-word terms that sellers of the top group use more than the others, by lift of the rate per 1,000 words
-- that they say.
CREATE OR REPLACE VIEW salgspuls.best_practice_words AS
WITH
    (
        SELECT (groupArrayIf(seller_id, is_top), groupArrayIf(seller_id, NOT is_top))
        FROM salgspuls.seller_style(
            from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
    ) AS groups,
    (
        SELECT (
            sumIf(words_seller, has(tupleElement(groups, 1), seller_id)),
            sumIf(words_seller, has(tupleElement(groups, 2), seller_id)))
        FROM salgspuls.seller_hours
        WHERE hour >= toStartOfHour({from:DateTime64(3)}) AND hour <= {to:DateTime64(3)}
    ) AS said
SELECT
    word, uses, users,
    1000 * uses / tupleElement(said, 1) AS top_rate,
    1000 * other_uses / tupleElement(said, 2) AS other_rate,
    top_rate / (1000 * greatest(other_uses, 1) / tupleElement(said, 2)) AS lift
FROM
(
    SELECT
        term AS word,
        sumIf(word_hours.uses, has(tupleElement(groups, 1), seller_id)) AS uses,
        sumIf(word_hours.uses, has(tupleElement(groups, 2), seller_id)) AS other_uses,
        uniqExactIf(seller_id, has(tupleElement(groups, 1), seller_id)) AS users,
        max(users) OVER () AS all_users
    FROM salgspuls.word_hours AS word_hours
    WHERE hour >= toStartOfHour({from:DateTime64(3)}) AND hour <= {to:DateTime64(3)}
    GROUP BY word
)
WHERE uses >= 5 AND users >= least(2, all_users) AND tupleElement(said, 2) > 0 AND lift > 1;
