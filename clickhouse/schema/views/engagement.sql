-- Hours with customers by kind of activity: of each top seller and of each seller of the team, on average, of those about
-- whom there is enough to say (see seller_style). `spread` is how far the sellers' hours of all kinds lie apart (standard
-- deviation), `top_sellers` how many of them are top sellers, `sellers` how many there are, `all_sellers` how many with those
-- about whom there is not enough.
CREATE OR REPLACE VIEW salgspuls.engagement AS
SELECT
    arrayJoin(['email', 'phone', 'meeting']) AS kind,
    sum(hours[kind]) / nullIf(count(), 0) AS team_hours,
    sumIf(hours[kind], is_top) / nullIf(countIf(is_top), 0) AS top_hours,
    stddevPop(hours_of_all) AS spread,
    countIf(is_top) AS top_sellers,
    count() AS sellers,
    any(all_of_teams) AS all_sellers
FROM
(
    SELECT
        people.seller_id AS seller_id, is_top, all_of_teams, hours,
        hours['email'] + hours['phone'] + hours['meeting'] AS hours_of_all
    FROM
    (
        SELECT seller_id, is_top, enough, count() OVER () AS all_of_teams
        FROM salgspuls.seller_style(
            from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)},
            kinds = [''], directions = [''], languages = [''], {{enough}})
    ) AS people
    LEFT JOIN
    (
        SELECT seller_id, sumMap(map(toString(kind), duration_minutes / 60)) AS hours
        FROM salgspuls.activities
        WHERE with_customer AND started_at >= {from:DateTime64(3)} AND started_at <= {to:DateTime64(3)}
        GROUP BY seller_id
    ) AS spent ON spent.seller_id = people.seller_id
    WHERE people.enough
)
GROUP BY kind;
