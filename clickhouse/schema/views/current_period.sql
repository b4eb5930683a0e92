-- The sales period that holds today: one that an event told (of the chosen teams, else of all), else the fiscal quarter.
CREATE OR REPLACE VIEW salgspuls.current_period AS
WITH
    toDate32(now64(3), {tz:String}) AS today,
    has({teams:Array(String)}, '') AS everybody,
    (toMonth(today) - {fiscal_start:UInt8} + 12) % 12 AS fiscal_month,
    concat('Q', toString(intDiv(fiscal_month, 3) + 1)) AS quarter,
    subtractMonths(toStartOfMonth(today), fiscal_month % 3) AS quarter_starts_on,
    told AS
    (
        SELECT period_id, starts_on, ends_on, target_value, currency, team, (team = '') = everybody AS fits
        FROM salgspuls.periods
        WHERE today BETWEEN starts_on AND ends_on AND (team = '' OR everybody OR has({teams:Array(String)}, team))
    ),
    best AS (SELECT fits, starts_on, ends_on FROM told ORDER BY fits DESC, starts_on DESC, ends_on LIMIT 1)
SELECT
    if(count() = 1, any(period_id), quarter) AS name,
    if(count() = 0, toDate32(quarter_starts_on), any(told.starts_on)) AS starts_on,
    if(count() = 0, toDate32(subtractDays(addMonths(quarter_starts_on, 3), 1)), any(told.ends_on)) AS ends_on,
    dateDiff('day', today, ends_on) AS days_left,
    sumOrNullIf(toFloat64(told.target_value), told.fits OR everybody) AS target_value
FROM told
WHERE (told.fits, told.starts_on, told.ends_on) IN (SELECT fits, starts_on, ends_on FROM best);
