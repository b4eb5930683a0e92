-- Sentences that hold all that is asked for, the newest first, each with what was said before and after it in its call. A
-- word is found in any form: with another ending of up to five letters; between double quotes a word or phrase is found as
-- it was said; signs without a word are in no sentence. A list that holds '' asks for anything, as an empty customer and 0
-- minutes do.
CREATE OR REPLACE VIEW salgspuls.search AS
WITH
    lowerUTF8({words:String}) AS asked,
    arrayMap(
        phrase -> arrayStringConcat(arrayFilter(word -> word != '', splitByRegexp('[^\\p{L}\\p{N}]+', phrase)), '[^\\p{L}\\p{N}]+'),
        extractAll(asked, '"([^"]*)"')) AS phrases,
    arrayFilter(
        word -> word != '',
        splitByRegexp('[^\\p{L}\\p{N}]+', replaceRegexpAll(asked, '"[^"]*"', ' '))) AS loose_words,
    arrayMap(
        word -> if(
            lengthUTF8(word) <= 5,
            word,
            replaceRegexpOne(word, '(ernes|erne|enes|ene|ens|ers|ets|ing|en|er|et|es|ed|e|s)$', '')),
        loose_words) AS stems,
    arrayMap((word, stem) -> if(lengthUTF8(word) <= 3, stem, concat(stem, '\\p{L}{0,5}')), loose_words, stems) AS words_in_any_form,
    arrayFilter(pattern -> pattern != '', arrayConcat(phrases, words_in_any_form)) AS patterns,
    -- a value, not a query: it is read for the calls, for their sentences and for what is shown of them
    (
        SELECT groupArray((call_id, segment_id))
        FROM
        (
            SELECT call_id, segment_id
            FROM salgspuls.segments
            WHERE call_started_at >= {from:DateTime64(3)} AND call_started_at <= {to:DateTime64(3)}
                AND text != ''
                AND (notEmpty(patterns) OR NOT match(asked, '[^\\s"]'))
                AND arrayAll(stem -> position(lowerUTF8(text), stem) > 0, stems) -- cheap: leaves few for the patterns
                AND arrayAll(
                    pattern -> match(lowerUTF8(text), concat('(^|[^\\p{L}\\p{N}])', pattern, '($|[^\\p{L}\\p{N}])')), patterns)
                AND (has({speakers:Array(String)}, '') OR has({speakers:Array(String)}, toString(speaker)))
                AND (has({sentiments:Array(String)}, '') OR has({sentiments:Array(String)}, sentiment))
                AND (has({trackers:Array(String)}, '') OR hasAny({trackers:Array(String)}, mention_trackers))
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
                        AND {{of_kind}}
                        AND duration_ms >= {least_minutes:Float64} * 60000)
            ORDER BY call_started_at DESC, call_id, start_ms
            LIMIT 200
        )
    ) AS hits
SELECT
    said.call_id AS call_id, said.segment_id AS segment_id, said.speaker AS speaker, said.start_ms AS start_ms,
    said.spoken_at AS spoken_at, said.text AS text, said.sentiment AS sentiment,
    said.text_before AS text_before, said.text_after AS text_after,
    calls.title AS title, calls.kind AS kind, calls.customer_name AS customer_name,
    calls.call_started_at AS call_started_at, calls.duration_ms AS duration_ms, calls.opportunity_id AS opportunity_id,
    calls.seller_id AS seller_id
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
        WHERE call_id IN (SELECT arrayJoin(hits).1)
    )
    WINDOW in_order AS (
        PARTITION BY call_id ORDER BY start_ms, segment_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
) AS said
INNER JOIN salgspuls.calls AS calls ON calls.call_id = said.call_id
WHERE (said.call_id, said.segment_id) IN (SELECT arrayJoin(hits))
ORDER BY call_started_at DESC, call_id, start_ms;
