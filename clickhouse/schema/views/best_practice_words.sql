-- Words and two-word terms that the top sellers of a language use more than the others who speak it (see speakers). Ranked by
-- the z-score of the log-odds ratio with an informative prior (Monroe, Colaresi and Quinn 2008) of the calls in which they are
-- said, not of the mentions: what is said ten times in one call is what that call is about, and no habit. Both groups' words
-- together weigh as much as 10,000 more words, so that what is rare has to be said much more often. Said by at least three top
-- sellers (`users`), each a quarter more than the others do, or it is what one seller's customers trade in; in at least ten of
-- their calls and in one call of fifty, in at least half as many calls again as by the others and more often at all, no more than 60 % by one of them,
-- with a z-score from 3 on; no names that events know or that are found in what is said; a word that is mostly said within a
-- term that is here itself is left out. `word` is the form that is said most, `term` the lemma, `place` the rank within the
-- language, rates are uses per 1,000 words, `lift` is how many times as high the top sellers' is; `top_sellers` are those of
-- the language.
CREATE OR REPLACE VIEW salgspuls.best_practice_words AS
WITH
    10000 AS prior_words,
    (
        SELECT groupArray((language, term, uses, other_uses, calls, users, said, other_said, z, top_sellers))
        FROM
        (
            SELECT
                *,
                (
                    log((calls + prior) / (said + prior_words - calls - prior))
                    - log((other_calls + prior) / (other_said + prior_words - other_calls - prior))
                ) / sqrt(1 / (calls + prior) + 1 / (other_calls + prior)) AS z
            FROM
            (
                SELECT
                    toString(uses_of.language) AS language,
                    toString(uses_of.term) AS term,
                    sumIf(uses_of.uses, is_top) AS uses,
                    sumIf(uses_of.uses, NOT is_top) AS other_uses,
                    sumIf(uses_of.calls, is_top) AS calls,
                    sumIf(uses_of.calls, NOT is_top) AS other_calls,
                    groupArrayIf((uses_of.calls, who.words), is_top) AS by_seller,
                    arrayMax(one -> one.1, by_seller) AS most_by_one,
                    any(who.said) AS said,
                    any(who.other_said) AS other_said,
                    any(who.top_calls) AS calls_of_group,
                    any(who.top_sellers) AS top_sellers,
                    arrayCount(one -> one.1 * other_said > 1.25 * other_calls * one.2, by_seller) AS users,
                    prior_words * (calls + other_calls) / (said + other_said) AS prior
                FROM
                (
                    SELECT
                        seller_id, language, term, sum(arraySum(form_uses)) AS uses, sum(arraySum(form_calls)) AS calls
                    FROM salgspuls.words_said(from = {from:DateTime64(3)}, to = {to:DateTime64(3)})
                    WHERE term != ''
                    GROUP BY seller_id, language, term
                    HAVING uses > 0
                ) AS uses_of
                INNER JOIN
                (
                    SELECT
                        seller_id, language, is_top_speaker AS is_top, words,
                        sumIf(words, is_top_speaker) OVER (PARTITION BY language) AS said,
                        sumIf(words, NOT is_top_speaker) OVER (PARTITION BY language) AS other_said,
                        sumIf(calls, is_top_speaker) OVER (PARTITION BY language) AS top_calls,
                        groupArrayIf(seller_id, is_top_speaker) OVER (PARTITION BY language) AS top_sellers
                    FROM salgspuls.speakers(
                        from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
                ) AS who ON who.seller_id = uses_of.seller_id AND who.language = uses_of.language
                GROUP BY language, term
            )
            WHERE calls >= 10 AND 50 * calls >= calls_of_group AND users >= 3 AND other_said > 0
                AND most_by_one <= 0.6 * calls AND calls / said >= 1.5 * other_calls / other_said
                AND uses / said > other_uses / other_said
        )
        WHERE z >= 3
    ) AS found
SELECT
    language, term, word, uses, calls, users,
    1000 * uses / said AS top_rate,
    1000 * other_uses / other_said AS other_rate,
    top_rate / (1000 * greatest(other_uses, 1) / other_said) AS lift,
    z,
    row_number() OVER (PARTITION BY language ORDER BY z DESC, word) AS place,
    top_sellers
FROM
(
    SELECT
        one.1 AS language, one.2 AS term, one.3 AS uses, one.4 AS other_uses, one.5 AS calls, one.6 AS users,
        one.7 AS said, one.8 AS other_said, one.9 AS z, one.10 AS top_sellers, word,
        groupArrayIf((splitByChar(' ', term), uses), position(term, ' ') > 0) OVER (PARTITION BY language) AS pairs
    FROM
    (
        SELECT
            one,
            word,
            max(
                part IN (SELECT name_key FROM salgspuls.known_names)
                OR part IN (SELECT name_key FROM salgspuls_store.name_hours WHERE calls > 0)) AS is_named
        FROM
        (
            SELECT one, word, arrayJoin(arrayConcat(splitByChar(' ', one.2), splitByChar(' ', word))) AS part
            FROM (SELECT arrayJoin(found) AS one) AS terms
            INNER JOIN
            (
                SELECT toString(language) AS language, toString(term) AS term, argMax(form, (uses, form)) AS word
                FROM
                (
                    SELECT language, term, form, sum(uses_of_form) AS uses
                    FROM salgspuls.words_said(from = {from:DateTime64(3)}, to = {to:DateTime64(3)}) AS words
                    ARRAY JOIN forms AS form, form_uses AS uses_of_form
                    WHERE term IN (SELECT arrayJoin(found).2)
                    GROUP BY language, term, form
                )
                GROUP BY language, term
            ) AS said_forms ON said_forms.language = terms.one.1 AND said_forms.term = terms.one.2
        )
        GROUP BY one, word
    )
    WHERE NOT is_named
)
WHERE NOT arrayExists(pair -> has(pair.1, term) AND pair.2 >= 0.7 * uses, pairs);
