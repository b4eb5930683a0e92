-- Two rows, `top` and `team`: the means over those of their sellers about whom there is enough to say (`sellers` of
-- `all_sellers`), and of some figures how far these sellers lie apart (standard deviation). The team holds the top sellers
-- too.
CREATE OR REPLACE VIEW salgspuls.group_style AS
SELECT
    group_name,
    uniqExact(seller_id) AS sellers,
    any(all_in_group) AS all_sellers,
    stddevPop(judged.talk_ratio) AS talk_ratio_spread,
    stddevPop(judged.positive_share) AS positive_share_spread,
    stddevPop(judged.switches_per_hour) AS switches_per_hour_spread,
    {{metric_group_means}}
FROM
(
    SELECT *, count() OVER (PARTITION BY group_name) AS all_in_group
    FROM
    (
        SELECT *, arrayJoin(if(is_top, ['top', 'team'], ['team'])) AS group_name
        FROM salgspuls.seller_style(
            from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)},
            {{kinds}},
            {{enough}})
    )
) AS judged
WHERE enough
GROUP BY group_name;
