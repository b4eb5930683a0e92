-- In which language a word was said: words are compared within a language. The empty term counts all words of a seller, which
-- is what they are compared with. Rows of before say no language and are compared with nothing; a rebuild fills it in.

ALTER TABLE salgspuls_store.word_hours
    ADD COLUMN IF NOT EXISTS language LowCardinality(String) AFTER term,
    MODIFY ORDER BY (seller_id, hour, term, language);

ALTER TABLE salgspuls_store.word_months
    ADD COLUMN IF NOT EXISTS language LowCardinality(String) AFTER term,
    MODIFY ORDER BY (month, seller_id, term, language);
