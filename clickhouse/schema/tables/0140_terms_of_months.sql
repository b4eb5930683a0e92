-- The words of months by language and term first, so that a few terms are found without reading the others, and how often
-- terms are said altogether, which says which terms can be said often by some of the sellers. The engine keeps projections
-- true through merges, corrections and erasures. Months are filled in again from their hours, and read by hours until then.

CREATE TABLE IF NOT EXISTS salgspuls_store.term_months
(
    month Date,
    language LowCardinality(String),
    term LowCardinality(String),
    seller_id LowCardinality(String),
    version UInt64,
    counts Tuple(forms Array(String), uses Array(UInt64), calls Array(UInt64)),
    uses UInt64 MATERIALIZED arraySum(counts.uses),
    calls UInt64 MATERIALIZED arraySum(counts.calls),
    speaker LowCardinality(String) MATERIALIZED concat(language, ' ', seller_id),
    kept_from Date MATERIALIZED addMonths(month, 3),
    PROJECTION by_term (SELECT month, language, term, sum(calls) GROUP BY month, language, term)
)
ENGINE = {{engine}}(version)
PARTITION BY toYear(month)
ORDER BY (month, language, term, seller_id)
TTL kept_from + toIntervalDay({{aggregates_days}})
SETTINGS min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1, index_granularity = 2048,
    deduplicate_merge_projection_mode = 'rebuild', lightweight_mutation_projection_mode = 'rebuild';

DROP TABLE IF EXISTS salgspuls_store.word_months;

ALTER TABLE salgspuls_store.word_hours
    MODIFY SETTING deduplicate_merge_projection_mode = 'rebuild', lightweight_mutation_projection_mode = 'rebuild';

ALTER TABLE salgspuls_store.word_hours
    ADD PROJECTION IF NOT EXISTS by_day (
        SELECT toDate(hour) AS day, language, term, sum(calls) GROUP BY day, language, term);

ALTER TABLE salgspuls_store.word_hours MATERIALIZE PROJECTION by_day;
