-- The upper level of the pyramid: by month and seller, what the hours of months that are over add up to. A month counts when
-- it is in `rolled_months`; until then its hours do. Rows outlive the mark, so that a mark never stands for rows that went.

CREATE TABLE IF NOT EXISTS salgspuls_store.keyword_months
(
    month Date,
    seller_id LowCardinality(String),
    tracker_id LowCardinality(String),
    version UInt64,
    mentions_seller UInt32,
    mentions_customer UInt32,
    calls UInt32,
    customer_calls UInt32,
    kept_from Date MATERIALIZED addMonths(month, 3)
)
ENGINE = {{engine}}(version)
PARTITION BY toYear(month)
ORDER BY (month, seller_id, tracker_id)
TTL kept_from + toIntervalDay({{aggregates_days}})
SETTINGS min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

CREATE TABLE IF NOT EXISTS salgspuls_store.word_months
(
    month Date,
    seller_id LowCardinality(String),
    term LowCardinality(String),
    version UInt64,
    counts Tuple(forms Array(String), uses Array(UInt64), calls Array(UInt64)),
    kept_from Date MATERIALIZED addMonths(month, 3)
)
ENGINE = {{engine}}(version)
PARTITION BY toYear(month)
ORDER BY (month, seller_id, term)
TTL kept_from + toIntervalDay({{aggregates_days}})
SETTINGS min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

CREATE TABLE IF NOT EXISTS salgspuls_store.rolled_months
(
    month Date,
    rolled_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = {{engine}}(rolled_at)
ORDER BY month
TTL month + toIntervalDay({{aggregates_days}});
