-- The range that is looked at: no earlier than the first event, and whether it is all time. `recent` and `before` are
-- the windows that growth compares: the range and the equally long range before it; for all time, the last 30 days and
-- the 30 before. `before` does not hold its end. `calls_from` is where its calls begin, which deals may precede by months.
CREATE OR REPLACE VIEW salgspuls.range AS
WITH
    toDateTime64({from:DateTime64(3)}, 3, 'UTC') AS asked_from,
    toDateTime64({to:DateTime64(3)}, 3, 'UTC') AS asked_to,
    (SELECT (first_event_at, first_call_at) FROM salgspuls.first_event) AS firsts,
    tupleElement(firsts, 1) AS first_at,
    tupleElement(firsts, 2) AS first_call_at
SELECT
    ifNull(asked_from <= first_at, 1) AS all_time,
    greatest(asked_from, least(ifNull(first_at, asked_to), asked_to)) AS range_from,
    asked_to AS range_to,
    greatest(range_from, least(ifNull(first_call_at, asked_to), asked_to)) AS calls_from,
    if(all_time, subtractDays(asked_to, 30), asked_from) AS recent_from,
    if(all_time, subtractDays(asked_to, 60),
       subtractMilliseconds(asked_from, dateDiff('millisecond', asked_from, asked_to))) AS before_from;
