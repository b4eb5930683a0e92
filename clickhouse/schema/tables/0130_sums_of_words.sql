-- The sums over the forms of a word, and who says it in which language, as columns of their own: a question about all words
-- reads these alone, and not the arrays. Computed where they are not stored yet.

ALTER TABLE salgspuls_store.word_months
    ADD COLUMN IF NOT EXISTS uses UInt64 MATERIALIZED arraySum(counts.uses),
    ADD COLUMN IF NOT EXISTS calls UInt64 MATERIALIZED arraySum(counts.calls),
    ADD COLUMN IF NOT EXISTS speaker LowCardinality(String) MATERIALIZED concat(language, ' ', seller_id);

ALTER TABLE salgspuls_store.word_months MATERIALIZE COLUMN uses;
ALTER TABLE salgspuls_store.word_months MATERIALIZE COLUMN calls;
ALTER TABLE salgspuls_store.word_months MATERIALIZE COLUMN speaker;
