-- Sellers' sums by month, the upper level of `seller_hours`. `levels` counts the tables of months that a mark stands for:
-- one that an older program set says nothing of this one. `minute_calls` are calls of a minute and more.

ALTER TABLE salgspuls_store.seller_hours ADD COLUMN IF NOT EXISTS minute_calls UInt32;

CREATE TABLE IF NOT EXISTS salgspuls_store.seller_months
(
    month Date,
    seller_id LowCardinality(String),
    version UInt64,
    calls UInt32,
    minute_calls UInt32,
    ended_calls UInt32,
    duration_ms UInt64,
    talk_seller_ms UInt64,
    talk_customer_ms UInt64,
    talk_ratio_sum Float64,
    talk_ratio_calls UInt32,
    words_seller UInt64,
    words_per_minute_sum Float64,
    words_per_minute_calls UInt32,
    filler_words_per_minute_sum Float64,
    filler_words_per_minute_calls UInt32,
    switches UInt64,
    switches_per_hour_sum Float64,
    switches_per_hour_calls UInt32,
    pause_before_speaking_ms_sum Float64,
    pause_before_speaking_calls UInt32,
    longest_monologue_customer_ms_sum UInt64,
    longest_monologue_seller_ms_sum UInt64,
    interruptions_seller UInt64,
    interruptions_customer UInt64,
    silence_ms UInt64,
    questions_seller UInt64,
    sentiment_calls UInt32,
    positive_calls UInt32,
    neutral_calls UInt32,
    negative_calls UInt32,
    compound_sum Float64,
    positive_share_sum Float64,
    neutral_share_sum Float64,
    negative_share_sum Float64,
    positive_ms UInt64,
    neutral_ms UInt64,
    negative_ms UInt64,
    kept_from Date MATERIALIZED addMonths(month, 3)
)
ENGINE = {{engine}}(version)
PARTITION BY toYear(month)
ORDER BY (month, seller_id)
TTL kept_from + toIntervalDay({{aggregates_days}})
SETTINGS min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

ALTER TABLE salgspuls_store.rolled_months ADD COLUMN IF NOT EXISTS levels UInt8 DEFAULT 1;
