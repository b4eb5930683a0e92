-- What should worry about each open deal, beside the numbers that say so. `warnings` holds, in this order: `overdue` (its
-- estimated close has passed), `no_contact` (nobody has spoken to the customer), `silent` (for more than 14 days),
-- `one_person` (two calls or more, all with one person), `stalled` (longer in its stage than nine of ten won deals were,
-- where at least five were), `competitor` (the customer mentioned a tracked one).
CREATE OR REPLACE VIEW salgspuls.deal_warnings AS
WITH
    toDateTime64({at:DateTime64(3)}, 3, 'UTC') AS moment,
    won AS
    (
        SELECT opportunity_id
        FROM salgspuls.deals_at(at = {at:DateTime64(3)}, tz = {tz:String})
        WHERE state = 'won'
    ),
    usual AS
    (
        SELECT
            stage,
            quantileExactInclusive(0.9)(dateDiff('second', entered_at, left_at) / 86400) AS usual_days,
            count() AS stays
        FROM salgspuls.deal_stages
        WHERE left_at <= moment AND opportunity_id IN (SELECT opportunity_id FROM won)
        GROUP BY stage
        HAVING stays >= 5
    ),
    current_stage AS
    (
        SELECT opportunity_id, max(stages.entered_at) AS stage_since
        FROM salgspuls.deal_stages AS stages
        WHERE stages.entered_at <= moment
        GROUP BY opportunity_id
    ),
    people AS
    (
        SELECT opportunity_id, uniqExact(name) AS people
        FROM salgspuls.deal_people
        GROUP BY opportunity_id
    ),
    called AS
    (
        SELECT opportunity_id, count() AS calls
        FROM salgspuls.calls
        WHERE opportunity_id != '' AND call_started_at <= moment
        GROUP BY opportunity_id
    ),
    rivals AS
    (
        SELECT calls.opportunity_id AS opportunity_id, arraySort(groupUniqArray(trackers.name)) AS competitors
        FROM salgspuls.call_keywords AS found
        INNER JOIN (SELECT tracker_id, name FROM salgspuls.trackers WHERE kind = 'competitor' AND NOT removed) AS trackers
            ON trackers.tracker_id = found.tracker_id
        INNER JOIN
        (
            SELECT call_id, opportunity_id
            FROM salgspuls.calls
            WHERE opportunity_id != '' AND call_started_at <= moment
        ) AS calls ON calls.call_id = found.call_id
        WHERE found.mentions_customer > 0
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
    deals.days_to_close AS days_to_close,
    deals.last_contact_at AS last_contact_at,
    deals.days_since_contact AS days_since_contact,
    deals.contact_minutes AS contact_minutes,
    deals.compound AS compound,
    deals.slips AS slips,
    deals.recency AS recency,
    deals.sentiment AS sentiment,
    deals.engagement AS engagement,
    deals.stability AS stability,
    deals.health AS health,
    ifNull(people.people, 0) AS people,
    ifNull(called.calls, 0) AS calls,
    rivals.competitors AS competitors,
    dateDiff('second', toNullable(current_stage.stage_since), moment) / 86400 AS days_in_stage,
    usual.usual_days AS usual_days_in_stage,
    arrayFilter(warning -> warning != '', [
        if(ifNull(days_to_close < 0, 0), 'overdue', ''),
        if(last_contact_at IS NULL, 'no_contact', ''),
        if(ifNull(days_since_contact > 14, 0), 'silent', ''),
        if(people = 1 AND calls >= 2, 'one_person', ''),
        if(ifNull(days_in_stage > usual_days_in_stage, 0), 'stalled', ''),
        if(notEmpty(competitors), 'competitor', '')]) AS warnings
FROM salgspuls.deal_health(
    at = {at:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)}, sellers = {sellers:Array(String)}) AS deals
LEFT JOIN people ON people.opportunity_id = deals.opportunity_id
LEFT JOIN called ON called.opportunity_id = deals.opportunity_id
LEFT JOIN rivals ON rivals.opportunity_id = deals.opportunity_id
LEFT JOIN current_stage ON current_stage.opportunity_id = deals.opportunity_id
LEFT JOIN (SELECT stage, toNullable(usual_days) AS usual_days FROM usual) AS usual ON usual.stage = deals.stage;
