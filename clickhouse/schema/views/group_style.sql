-- Two rows, `top` and `team`: the means over their sellers. The team holds the top sellers too.
CREATE OR REPLACE VIEW salgspuls.group_style AS
SELECT
    group_name,
    uniqExact(seller_id) AS sellers,
    {{metric_group_means}}
FROM
(
    SELECT *, arrayJoin(if(is_top, ['top', 'team'], ['team'])) AS group_name
    FROM salgspuls.seller_style(
        from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
)
GROUP BY group_name;
