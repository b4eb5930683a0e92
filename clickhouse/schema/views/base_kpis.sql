-- One row. `deals_due`: still open at the end of the range, and expected to close by then or before. Ratios and shares are 0 to 1, money is in the reporting currency; empty where the denominator is 0.
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
    countIf(state = 'open' AND ifNull(estimated_close_on <= toDate32({to:DateTime64(3)}, {tz:String}), 0)) AS deals_due,
    deals_won / nullIf(deals_won + deals_lost + deals_due, 0) AS win_rate,
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
