-- Words and two-word terms that sellers of the top group use more than the others. Ranked by the z-score of the log-odds
-- ratio with an informative prior (Monroe, Colaresi and Quinn 2008): both groups' words together weigh as much as 10,000 more
-- words, so that what is rare has to be said much more often. Said by at least three top sellers and in at least ten of
-- their calls, with a z-score from 3 on; no names that events know; a word that is mostly said within a term that is here
-- itself is left out. `word` is the form that is said most, `term` the lemma.
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
    ) AS said,
    10000 AS prior_words,
    toDateTime64({to:DateTime64(3)}, 3, 'UTC') AS range_to,
    arrayMap(
        edge -> toDateTime(toStartOfHour(edge), 'UTC'), [toDateTime64({from:DateTime64(3)}, 3, 'UTC'), range_to]
    ) AS edges,
    {{month_levels}}
SELECT
    term, word, uses, calls, users,
    1000 * uses / tupleElement(said, 1) AS top_rate,
    1000 * other_uses / tupleElement(said, 2) AS other_rate,
    top_rate / (1000 * greatest(other_uses, 1) / tupleElement(said, 2)) AS lift,
    z
FROM
(
    SELECT
        *,
        groupArrayIf((splitByChar(' ', term), uses), position(term, ' ') > 0) OVER () AS pairs
    FROM
    (
        SELECT
            term, any(word) AS word, any(uses) AS uses, any(other_uses) AS other_uses, any(calls) AS calls,
            any(users) AS users, any(z) AS z,
            max(part IN (SELECT name_key FROM salgspuls.known_names)) AS is_named
        FROM
        (
            SELECT
                term, word, uses, other_uses, calls, users,
                arrayJoin(arrayConcat(splitByChar(' ', term), splitByChar(' ', word))) AS part,
                prior_words * (uses + other_uses) / (tupleElement(said, 1) + tupleElement(said, 2)) AS prior,
                (
                    log((uses + prior) / (tupleElement(said, 1) + prior_words - uses - prior))
                    - log((other_uses + prior) / (tupleElement(said, 2) + prior_words - other_uses - prior))
                ) / sqrt(1 / (uses + prior) + 1 / (other_uses + prior)) AS z
            FROM
            (
                SELECT
                    term,
                    argMax(form, form_uses) AS word,
                    sum(top_uses) AS uses,
                    sum(form_uses) - uses AS other_uses,
                    sum(top_calls) AS calls,
                    length(arrayDistinct(arrayFlatten(groupArray(top_users)))) AS users
                FROM
                (
                    SELECT
                        toString(term) AS term,
                        form,
                        sumIf(word_hours.uses, seller_id IN (tupleElement(groups, 1))) AS top_uses,
                        sumIf(word_hours.uses, seller_id IN (tupleElement(groups, 1))
                            OR seller_id IN (tupleElement(groups, 2))) AS form_uses,
                        sumIf(word_hours.calls, seller_id IN (tupleElement(groups, 1))) AS top_calls,
                        groupUniqArrayIf(toString(seller_id), seller_id IN (tupleElement(groups, 1))) AS top_users
                    FROM
                    (
                        SELECT seller_id, toString(term) AS term, toString(form) AS form, uses, calls
                        FROM salgspuls.word_hours
                        WHERE hour >= toStartOfHour({from:DateTime64(3)}) AND hour <= {to:DateTime64(3)}
                            AND (hour < toDateTime(rolled_from, 'UTC') OR hour >= toDateTime(hours_from, 'UTC'))
                            AND NOT has(whole_months, toStartOfMonth(hour))
                        UNION ALL
                        SELECT seller_id, toString(term), form, form_uses, form_calls
                        FROM salgspuls_store.word_months FINAL
                        ARRAY JOIN counts.forms AS form, counts.uses AS form_uses, counts.calls AS form_calls
                        WHERE month >= toDate32({from:DateTime64(3)}) AND month <= toDate32({to:DateTime64(3)})
                            AND has(whole_months, month) AND form_uses > 0
                    ) AS word_hours
                    GROUP BY term, form
                )
                GROUP BY term
            )
            WHERE calls >= 10 AND users >= 3 AND tupleElement(said, 2) > 0 AND z >= 3
        )
        GROUP BY term
    )
    WHERE NOT is_named
)
WHERE NOT arrayExists(pair -> has(tupleElement(pair, 1), term) AND tupleElement(pair, 2) >= 0.7 * uses, pairs);
