-- What customers mention, by tracker that is tracked now. `growth` is a share (0.31 is 31 % more), empty when it is new.
CREATE OR REPLACE VIEW salgspuls.keyword_ranking AS
SELECT
    tracker_id, kind, name, mentions, conversations, seller_mentions, recent, before,
    (recent - before) / nullIf(before, 0) AS growth
FROM
(
    SELECT
        tracker_id,
        sumIf(mentions_customer, in_range) AS mentions,
        sumIf(customer_calls, in_range) AS conversations,
        sumIf(mentions_seller, in_range) AS seller_mentions,
        toInt64(sumIf(mentions_customer, in_recent)) AS recent,
        toInt64(sumIf(mentions_customer, in_before)) AS before
    FROM salgspuls.keyword_mentions(from = {from:DateTime64(3)}, to = {to:DateTime64(3)})
    WHERE (has({teams:Array(String)}, '') AND has({sellers:Array(String)}, ''))
        OR seller_id IN (
            SELECT seller_id
            FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = {sellers:Array(String)}))
    GROUP BY tracker_id
) AS counted
INNER JOIN (SELECT tracker_id, kind, name FROM salgspuls.trackers WHERE NOT removed) AS tracked USING (tracker_id)
WHERE mentions > 0;
