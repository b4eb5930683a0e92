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
        WHERE at <= moment AND opportunity_id IN (SELECT opportunity_id FROM open_deals)
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
            FROM salgspuls.contacts
            WHERE sentiment_compound IS NOT NULL AND at <= moment
                AND opportunity_id IN (SELECT opportunity_id FROM open_deals)
            ORDER BY at DESC, call_id
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
