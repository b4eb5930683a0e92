-- Two rows, `top` and `team`: the means over their sellers. The team holds the top sellers too.
CREATE OR REPLACE VIEW salgspuls.group_style AS
SELECT
    group_name,
    uniqExact(seller_id) AS sellers,
    avgOrNull(talk_ratio) AS talk_ratio,
    avgOrNull(positive_share) AS positive_share,
    avgOrNull(neutral_share) AS neutral_share,
    avgOrNull(negative_share) AS negative_share,
    avgOrNull(switches_per_hour) AS switches_per_hour,
    avgOrNull(words_per_minute) AS words_per_minute,
    avgOrNull(pause_before_speaking_ms) AS pause_before_speaking_ms,
    avgOrNull(longest_monologue_customer_ms) AS longest_monologue_customer_ms
FROM
(
    SELECT *, arrayJoin(if(is_top, ['top', 'team'], ['team'])) AS group_name
    FROM salgspuls.seller_style(
        from = {from:DateTime64(3)}, to = {to:DateTime64(3)}, tz = {tz:String}, teams = {teams:Array(String)})
)
GROUP BY group_name;
