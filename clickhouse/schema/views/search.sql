-- Sentences that hold all words asked for, the newest first, each with what was said before and after it in its call. A
-- word is found as it was said, or in any form: with another ending of up to five letters. An empty text, or 0 as the most
-- minutes, asks for anything.
CREATE OR REPLACE VIEW salgspuls.search AS
WITH
    arrayFilter(word -> word != '', splitByRegexp('[^\\p{L}\\p{N}]+', lowerUTF8({words:String}))) AS asked,
    arrayMap(
        word -> if(
            {any_form:UInt8} AND lengthUTF8(word) > 3,
            concat(
                if(lengthUTF8(word) > 5, replaceRegexpOne(word, '(ernes|erne|enes|ene|ens|ers|ets|ing|en|er|et|es|ed|e|s)$', ''), word),
                '\\p{L}{0,5}'),
            word),
        asked) AS patterns,
    hits AS
    (
        SELECT call_id, segment_id
        FROM salgspuls.segments AS said
        WHERE call_started_at >= {from:DateTime64(3)} AND call_started_at <= {to:DateTime64(3)}
            AND text != ''
            AND arrayAll(
                pattern -> match(lowerUTF8(text), concat('(^|[^\\p{L}\\p{N}])', pattern, '($|[^\\p{L}\\p{N}])')), patterns)
            AND ({speaker:String} = '' OR speaker = {speaker:String})
            AND ({sentiment:String} = '' OR sentiment = {sentiment:String})
            AND ({tracker:String} = '' OR has(mention_trackers, {tracker:String}))
            AND ((has({teams:Array(String)}, '') AND has({sellers:Array(String)}, ''))
                OR seller_id IN (
                    SELECT seller_id
                    FROM salgspuls.chosen_sellers(teams = {teams:Array(String)}, sellers = {sellers:Array(String)})))
            AND call_id IN (
                SELECT call_id
                FROM salgspuls.calls
                WHERE call_started_at >= {from:DateTime64(3)} AND call_started_at <= {to:DateTime64(3)}
                    AND ({customer:String} = ''
                        OR customer_id = {customer:String}
                        OR positionCaseInsensitiveUTF8(customer_name, {customer:String}) > 0)
                    AND ({kind:String} = '' OR kind = {kind:String})
                    AND duration_ms >= {least_minutes:UInt32} * 60000
                    AND ({most_minutes:UInt32} = 0 OR duration_ms <= {most_minutes:UInt32} * 60000))
        ORDER BY call_started_at DESC, call_id, start_ms
        LIMIT 200
    )
SELECT
    said.call_id AS call_id, said.segment_id AS segment_id, said.speaker AS speaker, said.start_ms AS start_ms,
    said.spoken_at AS spoken_at, said.text AS text, said.sentiment AS sentiment,
    said.text_before AS text_before, said.text_after AS text_after,
    calls.title AS title, calls.kind AS kind, calls.customer_name AS customer, calls.call_started_at AS call_started_at,
    toFloat64(calls.duration_ms) / 60000 AS minutes, calls.opportunity_id AS opportunity_id,
    if(sellers.name = '', calls.seller_id, sellers.name) AS seller, sellers.team AS team
FROM
(
    SELECT
        *,
        lagInFrame(text) OVER in_order AS text_before,
        leadInFrame(text) OVER in_order AS text_after
    FROM
    (
        SELECT call_id, segment_id, speaker, start_ms, spoken_at, text, sentiment
        FROM salgspuls.segments
        WHERE call_id IN (SELECT call_id FROM hits)
    )
    WINDOW in_order AS (
        PARTITION BY call_id ORDER BY start_ms, segment_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
) AS said
INNER JOIN salgspuls.calls AS calls ON calls.call_id = said.call_id
LEFT JOIN salgspuls.sellers AS sellers ON sellers.seller_id = calls.seller_id
WHERE (said.call_id, said.segment_id) IN (SELECT call_id, segment_id FROM hits)
ORDER BY call_started_at DESC, call_id, start_ms;
