-- Open deals and their health, 0 to 100: 35 % recency, 30 % sentiment, 20 % engagement, 15 % stability.

-- Contacts with a customer that are linked to a deal: recorded calls and logged activities.
CREATE OR REPLACE VIEW salgspuls.contacts AS
SELECT opportunity_id, call_started_at AS at, toFloat64(duration_ms) / 60000 AS minutes
FROM salgspuls.calls
WHERE opportunity_id != ''
UNION ALL
SELECT opportunity_id, started_at AS at, duration_minutes AS minutes
FROM salgspuls.activities
WHERE opportunity_id != '' AND with_customer;

-- Each deal that is open at a moment, with the parts of its health, 0 to 1, and the days until its estimated close.
CREATE OR REPLACE VIEW salgspuls.deal_health AS
WITH
    toDateTime64({at:DateTime64(3)}, 3, 'UTC') AS moment,
    toDate32(moment, {tz:String}) AS day,
    open_deals AS
    (
        SELECT *
        FROM salgspuls.deals_at(at = {at:DateTime64(3)}, tz = {tz:String})
        WHERE state = 'open'
            AND (
                (has({teams:Array(String)}, '') AND has({sellers:Array(String)}, ''))
                OR seller_id IN (
                    SELECT seller_id
                    FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = {sellers:Array(String)})))
    ),
    touched AS
    (
        SELECT
            opportunity_id,
            max(at) AS last_contact_at,
            sumIf(minutes, at > subtractDays(moment, 30)) AS minutes
        FROM salgspuls.contacts
        WHERE at <= moment
        GROUP BY opportunity_id
    ),
    (
        SELECT quantileExactInclusive(0.5)(minutes)
        FROM
        (
            SELECT
                won.opportunity_id AS opportunity_id,
                sumIf(contacts.minutes, toDate32(contacts.at, {tz:String}) BETWEEN subtractDays(won.closed_on, 30) AND won.closed_on) AS minutes
            FROM (SELECT * FROM salgspuls.deals_at(at = {at:DateTime64(3)}, tz = {tz:String}) WHERE state = 'won') AS won
            LEFT JOIN salgspuls.contacts AS contacts ON contacts.opportunity_id = won.opportunity_id
            GROUP BY won.opportunity_id
        )
    ) AS usual_minutes,
    felt AS
    (
        SELECT opportunity_id, avg(sentiment_compound) AS compound
        FROM
        (
            SELECT opportunity_id, sentiment_compound
            FROM salgspuls.calls
            WHERE opportunity_id != '' AND sentiment_compound IS NOT NULL AND call_started_at <= moment
            ORDER BY call_started_at DESC, call_id
            LIMIT 3 BY opportunity_id
        )
        GROUP BY opportunity_id
    ),
    slipped AS
    (
        SELECT opportunity_id, countIf(estimated_close_on > earlier) AS slips
        FROM
        (
            SELECT
                opportunity_id, estimated_close_on,
                lagInFrame(estimated_close_on) OVER (
                    PARTITION BY opportunity_id ORDER BY changed_at
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS earlier
            FROM salgspuls.opportunity_changes
            WHERE estimated_close_on IS NOT NULL AND changed_at <= moment
        )
        GROUP BY opportunity_id
    )
SELECT
    deals.opportunity_id AS opportunity_id,
    deals.name AS name,
    deals.seller_id AS seller_id,
    deals.customer_id AS customer_id,
    deals.stage AS stage,
    deals.currency AS currency,
    deals.estimated_value AS estimated_value,
    deals.win_probability AS win_probability,
    deals.estimated_close_on AS estimated_close_on,
    dateDiff('day', day, deals.estimated_close_on) AS days_to_close,
    if(touched.last_contact_at > toDateTime64(0, 3, 'UTC'), touched.last_contact_at, NULL) AS last_contact_at,
    dateDiff('second', last_contact_at, moment) / 86400 AS days_since_contact,
    touched.minutes AS contact_minutes,
    felt.compound AS compound,
    slipped.slips AS slips,
    ifNull(greatest(0, least(1, (30 - days_since_contact) / 27)), 0) AS recency,
    ifNull((1 + compound) / 2, 0.5) AS sentiment,
    ifNull(least(1, contact_minutes / nullIf(usual_minutes, 0)), 0.5) AS engagement,
    greatest(0, 1 - slips / 3) AS stability,
    100 * (0.35 * recency + 0.30 * sentiment + 0.20 * engagement + 0.15 * stability) AS health
FROM open_deals AS deals
LEFT JOIN touched ON touched.opportunity_id = deals.opportunity_id
LEFT JOIN (SELECT opportunity_id, toNullable(compound) AS compound FROM felt) AS felt ON felt.opportunity_id = deals.opportunity_id
LEFT JOIN slipped ON slipped.opportunity_id = deals.opportunity_id;

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
