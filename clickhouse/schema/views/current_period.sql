-- The sales period that holds today: one that an event states (of the chosen teams, else of all), else the fiscal quarter.
CREATE OR REPLACE VIEW salgspuls.current_period AS
WITH
    toDate32(now64(3), {tz:String}) AS today,
    has({teams:Array(String)}, '') AS everybody,
    (toMonth(today) - {fiscal_start:UInt8} + 12) % 12 AS fiscal_month,
    concat('Q', toString(intDiv(fiscal_month, 3) + 1)) AS quarter,
    subtractMonths(toStartOfMonth(today), fiscal_month % 3) AS quarter_starts_on,
    stated AS
    (
        SELECT period_id, starts_on, ends_on, target_value, currency, team, (team = '') = everybody AS fits
        FROM salgspuls.periods
        WHERE today BETWEEN starts_on AND ends_on AND (team = '' OR everybody OR has({teams:Array(String)}, team))
    ),
    best AS (SELECT fits, starts_on, ends_on FROM stated ORDER BY fits DESC, starts_on DESC, ends_on LIMIT 1)
SELECT
    if(count() = 1, any(period_id), quarter) AS name,
    if(count() = 0, toDate32(quarter_starts_on), any(stated.starts_on)) AS starts_on,
    if(count() = 0, toDate32(subtractDays(addMonths(quarter_starts_on, 3), 1)), any(stated.ends_on)) AS ends_on,
    dateDiff('day', today, ends_on) AS days_left,
    sumOrNullIf(toFloat64(stated.target_value), stated.fits OR everybody) AS target_value
FROM stated
WHERE (stated.fits, stated.starts_on, stated.ends_on) IN (SELECT fits, starts_on, ends_on FROM best);
