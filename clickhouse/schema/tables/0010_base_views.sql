-- Numbers of the home page that several panels need. The views take parameters: a range (from, to; both belong to it),
-- the sellers' time zone (tz), the first month of the fiscal year (fiscal_start), and what is looked at (teams, sellers:
-- a list that holds '' is everybody).

CREATE OR REPLACE VIEW salgspuls.first_event AS
SELECT minOrNull(at) AS first_event_at
FROM
(
    SELECT min(call_started_at) AS at FROM salgspuls_store.calls HAVING count() > 0
    UNION ALL
    SELECT min(least(changed_at, ifNull(toDateTime64(closed_on, 3, 'UTC'), changed_at)))
    FROM salgspuls_store.opportunity_changes HAVING count() > 0
    UNION ALL
    SELECT min(started_at) FROM salgspuls_store.activities HAVING count() > 0
);

-- The range that is looked at: no earlier than the first event, and whether it is all time. `recent` and `before` are
-- the windows that growth compares: the range and the equally long range before it; for all time, the last 30 days and
-- the 30 before. `before` does not hold its end.
CREATE OR REPLACE VIEW salgspuls.range AS
WITH
    toDateTime64({from:DateTime64(3)}, 3, 'UTC') AS asked_from,
    toDateTime64({to:DateTime64(3)}, 3, 'UTC') AS asked_to,
    (SELECT first_event_at FROM salgspuls.first_event) AS first_at
SELECT
    ifNull(asked_from <= first_at, 1) AS all_time,
    greatest(asked_from, least(ifNull(first_at, asked_to), asked_to)) AS range_from,
    asked_to AS range_to,
    if(all_time, subtractDays(asked_to, 30), asked_from) AS recent_from,
    if(all_time, subtractDays(asked_to, 60),
       subtractMilliseconds(asked_from, dateDiff('millisecond', asked_from, asked_to))) AS before_from;

CREATE OR REPLACE VIEW salgspuls.chosen_sellers AS
SELECT seller_id, name, team, starred, active
FROM salgspuls.sellers
WHERE (has({teams:Array(String)}, '') OR has({teams:Array(String)}, team))
    AND (has({sellers:Array(String)}, '') OR has({sellers:Array(String)}, seller_id));

-- Each deal: as it stood at a moment (won or lost by its day of closing, else open with the values it had then; no
-- state before it was known), and as it is known now.
CREATE OR REPLACE VIEW salgspuls.deals_known AS
SELECT
    opportunity_id, seller_id, customer_id, name, currency,
    tupleElement(last_known, 1) AS state_now,
    tupleElement(last_known, 2) AS closed_on_now,
    tupleElement(last_known, 3) AS actual_value_now,
    ifNull(closed_on_now <= toDate32({at:DateTime64(3)}, {tz:String}), 0) AS is_closed,
    multiIf(is_closed, state_now, known_since <= {at:DateTime64(3)}, 'open', '') AS state,
    tupleElement(known_then, 1) AS stage,
    tupleElement(known_then, 2) AS estimated_value,
    tupleElement(known_then, 3) AS win_probability,
    tupleElement(known_then, 4) AS estimated_close_on
FROM
(
    SELECT
        opportunity_id,
        argMax(seller_id, changed_at) AS seller_id,
        argMax(customer_id, changed_at) AS customer_id,
        argMax(name, changed_at) AS name,
        argMax(currency, changed_at) AS currency,
        argMax((toString(state), closed_on, toFloat64(actual_value)), changed_at) AS last_known,
        argMaxIf(
            (stage, toFloat64(estimated_value), win_probability, estimated_close_on),
            changed_at, changed_at <= {at:DateTime64(3)}
        ) AS known_then,
        min(changed_at) AS known_since
    FROM salgspuls.opportunity_changes
    GROUP BY opportunity_id
);

CREATE OR REPLACE VIEW salgspuls.deals_at AS
SELECT
    opportunity_id, seller_id, customer_id, name, currency, state,
    if(is_closed, closed_on_now, NULL) AS closed_on,
    if(is_closed, actual_value_now, NULL) AS actual_value,
    stage, estimated_value, win_probability, estimated_close_on
FROM salgspuls.deals_known(at = {at:DateTime64(3)}, tz = {tz:String})
WHERE state != '';

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

-- One row. Ratios and shares are 0 to 1, money is in the reporting currency; empty where the denominator is 0.
CREATE OR REPLACE VIEW salgspuls.base_kpis AS
WITH
    toDate32({from:DateTime64(3)}, {tz:String}) AS first_day,
    (SELECT (name, ends_on, days_left, starts_on, target_value)
     FROM salgspuls.current_period(tz = {tz:String}, fiscal_start = {fiscal_start:UInt8}, teams = {teams:Array(String)})) AS period,
    state = 'won' AND closed_on_now >= first_day AS won,
    state_now = 'won' AND closed_on_now BETWEEN tupleElement(period, 4) AND toDate32(now64(3), {tz:String}) AS won_in_period
SELECT
    tupleElement(period, 1) AS period_name,
    tupleElement(period, 2) AS period_ends_on,
    tupleElement(period, 3) AS days_left,
    ifNull(sumIf(actual_value_now, won), 0) AS actual_revenue,
    ifNull(sumIf(estimated_value, state = 'open'), 0) AS open_revenue,
    countIf(won) AS deals_won,
    countIf(state = 'lost' AND closed_on_now >= first_day) AS deals_lost,
    countIf(state = 'open') AS deals_open,
    deals_won / nullIf(deals_won + deals_lost + deals_open, 0) AS win_rate,
    deals_won / nullIf(deals_won + deals_lost, 0) AS close_rate,
    actual_revenue / nullIf(deals_won, 0) AS average_deal_size,
    tupleElement(period, 5) AS target_value,
    ifNull(sumIf(actual_value_now, won_in_period), 0) AS period_revenue,
    period_revenue / nullIf(target_value, 0) AS target_attainment,
    anyOrNull(currency) AS currency
FROM salgspuls.deals_known(at = {to:DateTime64(3)}, tz = {tz:String})
WHERE (has({teams:Array(String)}, '') AND has({sellers:Array(String)}, ''))
    OR seller_id IN (
        SELECT seller_id
        FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = {sellers:Array(String)}));
