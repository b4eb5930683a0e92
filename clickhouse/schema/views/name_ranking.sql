-- Names that customers mention, that nobody tracks and no event knows, that were never mentioned before the range (for all
-- time: any), and that customers of at least two companies mention: one company's may be its own name, or private. A call
-- whose customer is not known counts as a company of its own.
CREATE OR REPLACE VIEW salgspuls.name_ranking AS
WITH
    (SELECT range_from FROM salgspuls.range(from = {from:DateTime64(3)}, to = {to:DateTime64(3)})) AS range_from,
    tracked AS
    (
        SELECT arrayJoin(arrayMap(word -> lowerUTF8(word), arrayPushBack(aliases, name))) AS word
        FROM salgspuls.trackers
        WHERE NOT removed
    )
SELECT
    name_key, name, mentions, conversations, seller_mentions, recent, before,
    (recent - before) / nullIf(before, 0) AS growth
FROM
(
    SELECT
        name_key,
        argMax(spelt, (most, spelt)) AS name,
        sum(spelt_mentions) AS mentions,
        sum(spelt_conversations) AS conversations,
        sum(spelt_seller_mentions) AS seller_mentions,
        toInt64(sum(spelt_recent)) AS recent,
        toInt64(sum(spelt_before)) AS before
    FROM
    (
        -- by how it is spelt first: few rows are left to find the spelling of the most mentions among
        SELECT
            name_key, name AS spelt,
            max(mentions_customer) AS most,
            sumIf(mentions_customer, in_range) AS spelt_mentions,
            sumIf(customer_calls, in_range) AS spelt_conversations,
            sumIf(mentions_seller, in_range) AS spelt_seller_mentions,
            sumIf(mentions_customer, in_recent) AS spelt_recent,
            sumIf(mentions_customer, in_before) AS spelt_before
        FROM salgspuls.name_mentions(from = {from:DateTime64(3)}, to = {to:DateTime64(3)})
        WHERE (has({teams:Array(String)}, '') AND has({sellers:Array(String)}, ''))
            OR seller_id IN (
                SELECT seller_id
                FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = {sellers:Array(String)}))
        GROUP BY name_key, spelt
    )
    GROUP BY name_key
)
WHERE mentions > 0
    AND lowerUTF8(name) NOT IN (SELECT word FROM tracked)
    AND name_key NOT IN (
        SELECT name_key FROM salgspuls_store.name_hours FINAL WHERE calls > 0 AND hour < toStartOfHour(range_from)
        UNION ALL
        SELECT name_key FROM salgspuls_store.call_names FINAL
        WHERE mentions_seller + mentions_customer > 0
            AND call_started_at >= toStartOfHour(range_from) AND call_started_at < range_from)
    AND name_key NOT IN (SELECT name_key FROM salgspuls.known_names)
    AND name_key IN (
        SELECT name_key
        FROM salgspuls_store.call_names FINAL
        WHERE mentions_customer > 0 AND call_started_at >= range_from AND call_started_at <= {to:DateTime64(3)}
        GROUP BY name_key
        HAVING min(if(customer = '', call_id, customer)) != max(if(customer = '', call_id, customer)));
