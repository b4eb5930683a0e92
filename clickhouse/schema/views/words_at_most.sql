-- In how many calls sellers say a term in a range, at most: by whole days and months, and with rows that were replaced and are
-- not merged yet. From sums that the engine keeps, whoever says it; so what is said seldom is told apart without being read.
CREATE OR REPLACE VIEW salgspuls.words_at_most AS
WITH
    toDateTime64({to:DateTime64(3)}, 3, 'UTC') AS range_to,
    arrayMap(
        edge -> toDateTime(toStartOfHour(edge), 'UTC'), [toDateTime64({from:DateTime64(3)}, 3, 'UTC'), range_to]
    ) AS edges,
    {{month_levels}},
    -- as text: of dates ClickHouse would make moments, which the sums by day know nothing of
    -- and from the first to the last that such a date can be: one beyond would be another
    toString(toDate(greatest(toDateTime64({from:DateTime64(3)}, 3, 'UTC'), toDateTime64('1970-01-01', 3, 'UTC')))) AS first_day,
    toString(toDate(least(range_to, toDateTime64('2149-06-06', 3, 'UTC')))) AS last_day
SELECT language, term, calls
FROM
(
    SELECT language, term, sum(calls) AS calls
    FROM salgspuls_store.word_hours
    WHERE toDate(hour) >= first_day AND toDate(hour) <= last_day
        AND (toDate(hour) < rolled_from OR toDate(hour) >= hours_from)
        AND NOT has(whole_months, toStartOfMonth(toDate(hour)))
    GROUP BY language, term
    UNION ALL
    SELECT language, term, sum(calls) AS calls
    FROM salgspuls_store.term_months
    WHERE month >= toDate32({from:DateTime64(3)}) AND month <= toDate32({to:DateTime64(3)}) AND has(whole_months, month)
    GROUP BY language, term
);
