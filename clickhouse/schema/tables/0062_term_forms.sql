-- The words of a term as they were said, beside its lemma: what is said most is what people read.

ALTER TABLE salgspuls_store.segments
    ADD COLUMN IF NOT EXISTS term_forms Array(LowCardinality(String)) DEFAULT terms AFTER terms;

ALTER TABLE salgspuls_store.word_hours ADD COLUMN IF NOT EXISTS form String DEFAULT toString(term) AFTER term;
