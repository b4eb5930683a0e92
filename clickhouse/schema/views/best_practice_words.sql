-- Words and two-word terms that the top sellers of a language use more than the others who speak it (see speakers). Ranked by
-- the z-score of the log-odds ratio with an informative prior (Monroe, Colaresi and Quinn 2008) of the calls in which they are
-- said, not of the mentions: what is said ten times in one call is what that call is about, and no habit. Both groups' words
-- together weigh as much as 10,000 more words, so that what is rare has to be said much more often. Said by at least three top
-- sellers, in at least ten of their calls and in one call of fifty, in at least half as many calls again as by the others, no
-- more than 60 % by one of them, with a z-score from 3 on; no names that events know or that are found in what is said; a word
-- that is mostly said within a term that is here itself is left out. `word` is the form that is said most, `term` the lemma,
-- `place` the rank within the language, rates are uses per 1,000 words, `lift` is how many times as high the top sellers' is.
CREATE OR REPLACE VIEW salgspuls.best_practice_words AS
WITH
    (
        SELECT (
            groupArrayIf((language, seller_id), is_top_speaker),
            groupArrayIf((language, seller_id), NOT is_top_speaker),
            sumMapIf([language], [words], is_top_speaker),
            sumMapIf([language], [words], NOT is_top_speaker),
            sumMapIf([language], [calls], is_top_speaker))
        FROM salgspuls.speakers(
            from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
    ) AS groups,
    tupleElement(groups, 1) AS top_sellers,
    tupleElement(groups, 2) AS other_sellers,
    tupleElement(groups, 3) AS top_words,
    tupleElement(groups, 4) AS other_words,
    tupleElement(groups, 5) AS all_top_calls,
    10000 AS prior_words
SELECT
    language, term, word, uses, calls, users,
    1000 * uses / said AS top_rate,
    1000 * other_uses / other_said AS other_rate,
    top_rate / (1000 * greatest(other_uses, 1) / other_said) AS lift,
    z,
    row_number() OVER (PARTITION BY language ORDER BY z DESC, word) AS place
FROM
(
    SELECT
        *,
        groupArrayIf((splitByChar(' ', term), uses), position(term, ' ') > 0) OVER (PARTITION BY language) AS pairs
    FROM
    (
        SELECT
            language, term, any(word) AS word, any(uses) AS uses, any(other_uses) AS other_uses, any(calls) AS calls,
            any(users) AS users, any(said) AS said, any(other_said) AS other_said, any(z) AS z,
            max(
                part IN (SELECT name_key FROM salgspuls.known_names)
                OR part IN (SELECT name_key FROM salgspuls_store.name_hours WHERE calls > 0)) AS is_named
        FROM
        (
            SELECT
                *,
                arrayJoin(arrayConcat(splitByChar(' ', term), splitByChar(' ', word))) AS part,
                prior_words * (calls + other_calls) / (said + other_said) AS prior,
                (
                    log((calls + prior) / (said + prior_words - calls - prior))
                    - log((other_calls + prior) / (other_said + prior_words - other_calls - prior))
                ) / sqrt(1 / (calls + prior) + 1 / (other_calls + prior)) AS z
            FROM
            (
                SELECT
                    language,
                    term,
                    argMax(form, (form_uses, form)) AS word,
                    sum(top_uses) AS uses,
                    sum(form_uses) - uses AS other_uses,
                    sum(top_calls) AS calls,
                    sum(form_calls) - calls AS other_calls,
                    tupleElement(all_top_calls, 2)[indexOf(tupleElement(all_top_calls, 1), language)] AS calls_of_group,
                    sumMap(tupleElement(top_users, 1), tupleElement(top_users, 2)) AS uses_by_user,
                    length(tupleElement(uses_by_user, 1)) AS users,
                    arrayMax(tupleElement(uses_by_user, 2)) AS most_by_one,
                    tupleElement(top_words, 2)[indexOf(tupleElement(top_words, 1), language)] AS said,
                    tupleElement(other_words, 2)[indexOf(tupleElement(other_words, 1), language)] AS other_said
                FROM
                (
                    SELECT
                        language,
                        term,
                        form,
                        sumIf(words.uses, (language, seller_id) IN (top_sellers)) AS top_uses,
                        sum(words.uses) AS form_uses,
                        sumIf(words.calls, (language, seller_id) IN (top_sellers)) AS top_calls,
                        sum(words.calls) AS form_calls,
                        sumMapIf([seller_id], [words.uses], (language, seller_id) IN (top_sellers)) AS top_users
                    FROM salgspuls.words_said(from = {from:DateTime64(3)}, to = {to:DateTime64(3)}) AS words
                    WHERE term != '' AND ((language, seller_id) IN (top_sellers) OR (language, seller_id) IN (other_sellers))
                    GROUP BY language, term, form
                )
                GROUP BY language, term
            )
            WHERE calls >= 10 AND 50 * calls >= calls_of_group AND users >= 3 AND other_said > 0 AND z >= 3
                AND most_by_one <= 0.6 * uses AND calls / said >= 1.5 * other_calls / other_said
        )
        GROUP BY language, term
    )
    WHERE NOT is_named
)
WHERE NOT arrayExists(pair -> has(tupleElement(pair, 1), term) AND tupleElement(pair, 2) >= 0.7 * uses, pairs);
