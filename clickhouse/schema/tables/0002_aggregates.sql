-- Rolling aggregates by hour and seller. A flush recomputes each bucket that it touched from the calls in it, as an
-- absolute row; the version is the sum of the versions folded, so of two workers the one that saw more wins.

CREATE TABLE IF NOT EXISTS salgspuls_store.seller_hours
(
    seller_id LowCardinality(String),
    hour DateTime('UTC'),
    version UInt64,
    calls UInt32,
    ended_calls UInt32,
    duration_ms UInt64,
    talk_seller_ms UInt64,
    talk_customer_ms UInt64,
    talk_ratio_sum Float64,
    talk_ratio_calls UInt32,
    words_seller UInt64,
    words_per_minute_sum Float64,
    words_per_minute_calls UInt32,
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
    negative_ms UInt64
)
ENGINE = {{engine}}(version)
PARTITION BY toYear(hour)
ORDER BY (seller_id, hour)
TTL hour + toIntervalDay({{aggregates_days}})
SETTINGS min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

CREATE TABLE IF NOT EXISTS salgspuls_store.keyword_hours
(
    seller_id LowCardinality(String),
    hour DateTime('UTC'),
    tracker_id LowCardinality(String),
    version UInt64,
    mentions_seller UInt32,
    mentions_customer UInt32,
    calls UInt32,
    customer_calls UInt32
)
ENGINE = {{engine}}(version)
PARTITION BY toYear(hour)
ORDER BY (seller_id, hour, tracker_id)
TTL hour + toIntervalDay({{aggregates_days}})
SETTINGS min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

-- What sellers say, in ended calls: words and two-word terms, most said first, so many of each call as the analysis keeps.
CREATE TABLE IF NOT EXISTS salgspuls_store.word_hours
(
    seller_id LowCardinality(String),
    hour DateTime('UTC'),
    term LowCardinality(String),
    version UInt64,
    uses UInt32,
    calls UInt32
)
ENGINE = {{engine}}(version)
PARTITION BY toYear(hour)
ORDER BY (seller_id, hour, term)
TTL hour + toIntervalDay({{aggregates_days}})
SETTINGS min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

CREATE TABLE IF NOT EXISTS salgspuls_store.name_hours
(
    seller_id LowCardinality(String),
    hour DateTime('UTC'),
    name_key String,
    version UInt64,
    name String,
    mentions_seller UInt32,
    mentions_customer UInt32,
    calls UInt32,
    customer_calls UInt32
)
ENGINE = {{engine}}(version)
PARTITION BY toYear(hour)
ORDER BY (seller_id, hour, name_key)
TTL hour + toIntervalDay({{aggregates_days}})
SETTINGS min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;
