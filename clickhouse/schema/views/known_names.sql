-- Keys of names that are known from events: customers, who takes part in calls, sellers. Said in full, by their first words
-- or by one of a person's names, with Danish endings; none of them is another brand. The same as `company_keys` and
-- `person_keys` in processors/analysis/names/extraction.py.
CREATE OR REPLACE VIEW salgspuls.known_names AS
SELECT DISTINCT
    replaceRegexpAll(key, '[^\\p{L}\\p{N}_]', '') || arrayJoin(['', 's', 'en', 'ens', 'et', 'ets']) AS name_key
FROM
(
    SELECT
        is_company,
        extractAll(
            if(is_company,
                replaceRegexpOne(
                    lowerUTF8(name),
                    '[ ,]+(?:inc|ltd|llc|llp|corp|plc|gmbh|aps|a/s|p/s|k/s|i/s|incorporated|limited|corporation)\\.?$', ''),
                lowerUTF8(name)),
            '[\\p{L}\\p{N}]+(?:[''’\\-][\\p{L}\\p{N}]+)*') AS words,
        arrayMap(
            word -> replaceRegexpOne(word, '[''’]s$', ''),
            if(length(words) > 1 AND words[1] = 'the', arraySlice(words, 2), words)) AS said,
        arrayFilter(
            (key, number) -> number > 1 OR length(said) = 1 OR lengthUTF8(said[1]) >= 5
                OR match(lowerUTF8(name), '^(?:the )?[\\p{L}\\p{N}_''’\\-]{3,}(?: ?[&+]| (?:og|and) )'),
            arrayMap(number -> arrayStringConcat(arraySlice(said, 1, number)), arrayEnumerate(said)),
            arrayEnumerate(said)) AS company_keys,
        arrayPushBack(arrayFilter(word -> lengthUTF8(word) > 2, words), arrayStringConcat(words)) AS person_keys
    FROM
    (
        SELECT customer_name AS name, true AS is_company FROM salgspuls_store.calls GROUP BY customer_name
        UNION ALL
        SELECT arrayJoin(groupUniqArrayArray(participant_names)) AS name, false AS is_company FROM salgspuls_store.calls
        UNION ALL
        SELECT DISTINCT name, false AS is_company FROM salgspuls_store.sellers
    )
    WHERE name != ''
)
ARRAY JOIN if(is_company, company_keys, person_keys) AS key
WHERE key != '';
