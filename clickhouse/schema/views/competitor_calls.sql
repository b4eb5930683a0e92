-- By competitor that is tracked: calls of the last 24 hours in which a customer mentions it, and how many are usual for so
-- many calls, by its share of the calls of the 28 days before. `score` is the difference in standard deviations (of a
-- Poisson count, on the scale of Anscombe's square root, where it is good for small counts).
CREATE OR REPLACE VIEW salgspuls.competitor_calls AS
WITH
    toDateTime64({at:DateTime64(3)}, 3, 'UTC') AS moment,
    toStartOfHour(subtractHours(moment, 23)) AS recent_from,
    subtractDays(recent_from, 28) AS past_from,
    (
        SELECT (sumIf(calls, hour >= recent_from), sumIf(calls, hour < recent_from))
        FROM salgspuls.seller_hours
        WHERE hour >= past_from AND hour <= moment
    ) AS calls_then
SELECT
    toString(trackers.tracker_id) AS tracker_id,
    trackers.name AS competitor,
    sumIf(customer_calls, hour >= recent_from) AS mentioning,
    tupleElement(calls_then, 1) AS recent_calls,
    recent_calls * sumIf(customer_calls, hour < recent_from) / nullIf(tupleElement(calls_then, 2), 0) AS usual,
    2 * (sqrt(mentioning + 0.375) - sqrt(usual + 0.375)) AS score
FROM salgspuls.trackers AS trackers
INNER JOIN
(
    SELECT tracker_id, hour, customer_calls
    FROM salgspuls.keyword_hours
    WHERE hour >= past_from AND hour <= moment
) AS hours ON hours.tracker_id = trackers.tracker_id
WHERE trackers.kind = 'competitor' AND NOT trackers.removed
GROUP BY tracker_id, competitor
HAVING usual IS NOT NULL;
