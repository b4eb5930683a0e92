-- Each deal that is open at a moment, with the parts of its health, 0 to 1, and the days until its estimated close.
CREATE OR REPLACE VIEW salgspuls.deal_health AS
WITH
    toDateTime64({at:DateTime64(3)}, 3, 'UTC') AS moment,
    toDate32(moment, {tz:String}) AS day,
    1000000000 AS open_deal,
    -1000000000 AS long_ago,
    deals AS
    (
        SELECT *
        FROM salgspuls.deals_at(at = {at:DateTime64(3)}, tz = {tz:String})
    ),
    -- a value, not a join: contacts are many, and most are of other deals or of other times
    (
        SELECT (
            groupArray(opportunity_id),
            groupArray(if(state = 'open', open_deal, ifNull(toInt32(closed_on), long_ago)))
        )
        FROM deals
        WHERE state IN ('open', 'won')
    ) AS wanted,
    touched AS
    (
        SELECT
            opportunity_id,
            max(at) AS last_contact_at,
            sumIf(minutes, at > subtractDays(moment, 30)) AS minutes_lately,
            sum(minutes) AS minutes_before_close,
            arrayMap(
                call -> assumeNotNull(tupleElement(call, 3)),
                arraySlice(
                    arrayPartialSort(3, groupArrayIf(
                        (-toUnixTimestamp64Milli(at), call_id, sentiment_compound),
                        closed_day = open_deal AND sentiment_compound IS NOT NULL)),
                    1, 3)) AS felt
        FROM
        (
            SELECT
                opportunity_id, at, minutes, call_id, sentiment_compound,
                transform(opportunity_id, wanted.1, wanted.2, long_ago) AS closed_day
            FROM salgspuls.contacts
        )
        WHERE if(
            closed_day = open_deal,
            at <= moment,
            closed_day != long_ago AND toInt32(toDate32(at, {tz:String})) BETWEEN closed_day - 30 AND closed_day)
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
    if(deals.last_touched_at > toDateTime64(0, 3, 'UTC'), deals.last_touched_at, NULL) AS last_contact_at,
    dateDiff('second', last_contact_at, moment) / 86400 AS days_since_contact,
    deals.minutes AS contact_minutes,
    if(empty(deals.felt), NULL, arrayAvg(deals.felt)) AS compound,
    slipped.slips AS slips,
    ifNull(greatest(0, least(1, (30 - days_since_contact) / 27)), 0) AS recency,
    ifNull((1 + compound) / 2, 0.5) AS sentiment,
    ifNull(least(1, contact_minutes / nullIf(deals.usual_minutes, 0)), 0.5) AS engagement,
    greatest(0, 1 - slips / 3) AS stability,
    100 * (0.35 * recency + 0.30 * sentiment + 0.20 * engagement + 0.15 * stability) AS health
FROM
(
    SELECT
        deals.*, touched.last_contact_at AS last_touched_at, touched.minutes_lately AS minutes, touched.felt AS felt,
        quantileExactInclusiveIf(0.5)(touched.minutes_before_close, deals.state = 'won') OVER () AS usual_minutes
    FROM deals
    LEFT JOIN touched ON touched.opportunity_id = deals.opportunity_id
) AS deals
LEFT JOIN slipped ON slipped.opportunity_id = deals.opportunity_id
WHERE deals.state = 'open'
    AND (
        (has({teams:Array(String)}, '') AND has({sellers:Array(String)}, ''))
        OR deals.seller_id IN (
            SELECT seller_id
            FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = {sellers:Array(String)})));
