-- What sellers say in ended calls of a range, by language: words and two-word terms, how often and in how many calls, and each
-- with the forms that were said; the empty term counts all words. A term of a seller has several rows. `speaker` names the
-- language and the seller. What was stored before the language was is left out. Months that are over and lie in the range whole
-- come from the months, the others from the hours: each hour of which the range has a part.
CREATE OR REPLACE VIEW salgspuls.words_said AS
WITH
    toDateTime64({to:DateTime64(3)}, 3, 'UTC') AS range_to,
    arrayMap(
        edge -> toDateTime(toStartOfHour(edge), 'UTC'), [toDateTime64({from:DateTime64(3)}, 3, 'UTC'), range_to]
    ) AS edges,
    {{month_levels}}
SELECT
    seller_id, language, toLowCardinality(concat(language, ' ', seller_id)) AS speaker, term, toUInt64(uses) AS uses, toUInt64(calls) AS calls,
    [toString(form)] AS forms, [toUInt64(uses)] AS form_uses
FROM salgspuls_store.word_hours FINAL
WHERE hour >= toStartOfHour({from:DateTime64(3)}) AND hour < {to:DateTime64(3)} AND uses > 0 AND language != ''
    AND (hour < toDateTime(rolled_from, 'UTC') OR hour >= toDateTime(hours_from, 'UTC'))
    AND NOT has(whole_months, toStartOfMonth(hour))
UNION ALL
SELECT seller_id, language, speaker, term, uses, calls, counts.forms, counts.uses
FROM salgspuls_store.term_months FINAL
WHERE month >= toDate32({from:DateTime64(3)}) AND month <= toDate32({to:DateTime64(3)})
    AND has(whole_months, month) AND language != '';
