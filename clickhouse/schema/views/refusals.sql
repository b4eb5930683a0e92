-- By reason: messages refused in the last 15 minutes, and how many are usual in 15 minutes of the last 28 days. What
-- comes again of erased calls is refused as somebody wished.
CREATE OR REPLACE VIEW salgspuls.refusals AS
WITH
    toDateTime64({at:DateTime64(3)}, 3, 'UTC') AS moment,
    subtractMinutes(moment, 15) AS since
SELECT
    toString(topic) AS topic,
    toString(reason) AS reason,
    countIf(received_at > since) AS refused,
    countIf(received_at <= since) / (28 * 96) AS usual
FROM salgspuls.dead_letters
WHERE received_at > subtractDays(moment, 28) AND received_at <= moment AND reason != 'erased'
GROUP BY topic, reason
HAVING refused > 0;
