-- The current period by day: revenue won so far; from today on that and the open deals by their estimated close, each
-- weighted by its win probability; and the target.
CREATE OR REPLACE VIEW salgspuls.period_forecast AS
WITH
    (SELECT (starts_on, ends_on, target_value)
     FROM salgspuls.current_period(tz = {tz:String}, fiscal_start = {fiscal_start:UInt8}, teams = {teams:Array(String)})) AS period,
    tupleElement(period, 1) AS starts_on,
    tupleElement(period, 2) AS ends_on,
    toDate32(now64(3), {tz:String}) AS today,
    deals AS
    (
        SELECT state, closed_on, actual_value, estimated_value * ifNull(win_probability, 0) AS weighted, estimated_close_on
        FROM salgspuls.deals_at(at = now64(3), tz = {tz:String})
        WHERE (has({teams:Array(String)}, '') AND has({sellers:Array(String)}, ''))
            OR seller_id IN (
                SELECT seller_id
                FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = {sellers:Array(String)}))
    ),
    days AS (SELECT arrayJoin(arrayMap(n -> addDays(starts_on, n), range(toUInt32(dateDiff('day', starts_on, ends_on)) + 1))) AS day),
    by_day AS
    (
        SELECT day, sum(won) AS won, sum(weighted) AS weighted
        FROM
        (
            SELECT closed_on AS day, actual_value AS won, 0 AS weighted
            FROM deals
            WHERE state = 'won' AND closed_on BETWEEN starts_on AND ends_on
            UNION ALL
            SELECT greatest(estimated_close_on, today), 0, weighted
            FROM deals
            WHERE state = 'open' AND estimated_close_on <= ends_on
        )
        GROUP BY day
    )
SELECT
    day,
    if(day <= today, won_so_far, NULL) AS won,
    if(day >= today, won_so_far + weighted_so_far, NULL) AS forecast,
    tupleElement(period, 3) AS target_value
FROM
(
    SELECT
        days.day AS day,
        sum(ifNull(by_day.won, 0)) OVER (ORDER BY days.day) AS won_so_far,
        sum(ifNull(by_day.weighted, 0)) OVER (ORDER BY days.day) AS weighted_so_far
    FROM days
    LEFT JOIN by_day ON by_day.day = days.day
)
ORDER BY day;
