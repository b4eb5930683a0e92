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
        SELECT
            (
                groupArray(concat(language, ' ', seller_id)),
                groupArray(if(is_top_speaker, 2, 1)),
                groupArray((language, seller_id, is_top_speaker, words, calls)),
                sumMap(map(language, calls * is_top_speaker))
            )
        FROM salgspuls.speakers(
            from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
    ) AS who,
    -- by what both groups say together; how a seller says it is looked up for the few words that are left
    (
        SELECT groupArray((
            language, term, uses, other_uses, calls, other_calls, said, other_said, z, top_sellers, words_of_top_sellers))
        FROM
        (
            SELECT
                *,
                prior_words * (calls + other_calls) / (said + other_said) AS prior,
                (
                    log((calls + prior) / (said + prior_words - calls - prior))
                    - log((other_calls + prior) / (other_said + prior_words - other_calls - prior))
                ) / sqrt(1 / (calls + prior) + 1 / (other_calls + prior)) AS z
            FROM
            (
                SELECT
                    toString(language) AS language, toString(term) AS term,
                    sum(spoken.uses * (side = 2)) AS uses, sum(spoken.uses * (side = 1)) AS other_uses,
                    sum(spoken.calls * (side = 2)) AS calls, sum(spoken.calls * (side = 1)) AS other_calls
                FROM
                (
                    SELECT language, term, uses, calls, transform(speaker, who.1, who.2, 0) AS side
                    FROM salgspuls.words_said(from = {from:DateTime64(3)}, to = {to:DateTime64(3)})
                    WHERE term != ''
                        AND term IN (
                            SELECT term
                            FROM salgspuls.words_at_most(from = {from:DateTime64(3)}, to = {to:DateTime64(3)})
                            GROUP BY language, term
                            HAVING sum(calls) >= 10 AND 50 * sum(calls) >= who.4[toString(language)])
                ) AS spoken
                GROUP BY language, term
            ) AS sums
            INNER JOIN
            (
                SELECT
                    language, sumIf(words, is_top) AS said, sumIf(words, NOT is_top) AS other_said,
                    sumIf(calls, is_top) AS calls_of_group, groupArrayIf(seller_id, is_top) AS top_sellers,
                    groupArrayIf(words, is_top) AS words_of_top_sellers
                FROM
                (
                    SELECT one.1 AS language, one.2 AS seller_id, one.3 AS is_top, one.4 AS words, one.5 AS calls
                    FROM (SELECT arrayJoin(who.3) AS one)
                )
                GROUP BY language
            ) AS groups ON groups.language = sums.language
            WHERE calls >= 10 AND 50 * calls >= calls_of_group AND other_said > 0
                AND calls / said >= 1.5 * other_calls / other_said AND uses / said > other_uses / other_said
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
        one.1 AS language, one.2 AS term, one.3 AS uses, one.4 AS other_uses, one.5 AS calls,
        one.7 AS said, one.8 AS other_said, one.9 AS z, one.10 AS top_sellers, word, users,
        groupArrayIf((splitByChar(' ', term), uses), position(term, ' ') > 0) OVER (PARTITION BY language) AS pairs
    FROM
    (
        SELECT
            one, word, users,
            max(
                part IN (SELECT name_key FROM salgspuls.known_names)
                OR part IN (SELECT name_key FROM salgspuls_store.name_hours WHERE calls > 0)) AS is_named
        FROM
        (
            SELECT one, word, users, arrayJoin(arrayConcat(splitByChar(' ', one.2), splitByChar(' ', word))) AS part
            FROM
            (
                SELECT
                    one,
                    sumMap(said_forms.1, said_forms.2) AS all_forms,
                    arraySort(arrayMap((form, uses) -> (uses, form), all_forms.1, all_forms.2))[-1].2 AS word,
                    max(calls_of_seller * is_top) AS most_by_one,
                    countIf(is_top AND calls_of_seller * one.8 > 1.25 * one.6 * one.11[indexOf(one.10, seller_id)]) AS users
                FROM
                (
                    SELECT one, said_forms, calls_of_seller, seller_id, has(one.10, seller_id) AS is_top
                    FROM
                    (
                        SELECT
                            toString(seller_id) AS seller_id, toString(language) AS language, toString(term) AS term,
                            sumMap(forms, form_uses) AS said_forms, sum(calls) AS calls_of_seller
                        FROM salgspuls.words_said(from = {from:DateTime64(3)}, to = {to:DateTime64(3)})
                        WHERE term IN (SELECT arrayJoin(found).2)
                        GROUP BY seller_id, language, term
                    ) AS of_sellers
                    INNER JOIN (SELECT arrayJoin(found) AS one) AS terms
                        ON terms.one.1 = of_sellers.language AND terms.one.2 = of_sellers.term
                )
                GROUP BY one
                HAVING users >= 3 AND most_by_one <= 0.6 * one.5
            )
        )
        GROUP BY one, word, users
    )
    WHERE NOT is_named
)
WHERE NOT arrayExists(pair -> has(pair.1, term) AND pair.2 >= 0.7 * uses, pairs);
