-- Facts and what is derived from them for each call. Every table keeps, of the rows with one key, the highest version;
-- no sort or partition key holds anything that an event may change.

CREATE DATABASE IF NOT EXISTS salgspuls_store;

CREATE TABLE IF NOT EXISTS salgspuls_store.segments
(
    call_id String,
    segment_id String,
    version UInt64,
    revision UInt32,
    seller_id LowCardinality(String),
    call_started_at DateTime64(3, 'UTC'),
    speaker Enum8('seller' = 1, 'customer' = 2),
    participant_id String,
    start_ms UInt32,
    end_ms UInt32,
    consent Bool,
    text String CODEC(ZSTD(3)),
    language LowCardinality(String),
    language_told Bool,
    confidence Nullable(Float32),
    words UInt32,
    compound_e4 Nullable(Int16),
    questions_open UInt16,
    questions_closed UInt16,
    mention_trackers Array(String),
    mention_surfaces Array(String),
    mention_starts Array(UInt32),
    name_keys Array(String),
    name_names Array(String),
    name_surfaces Array(String),
    name_starts Array(UInt32),
    questions Array(String),
    actions Array(String),
    terms Array(LowCardinality(String)),
    received_at DateTime64(3, 'UTC'),
    stored_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = {{engine}}(version)
PARTITION BY toYYYYMM(call_started_at)
ORDER BY (call_id, segment_id)
TTL call_started_at + toIntervalDay({{segments_days}})
SETTINGS ttl_only_drop_parts = 1, min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

-- Each rebuild of history begins a new epoch of the analysis; rows of a higher epoch win.
CREATE TABLE IF NOT EXISTS salgspuls_store.epochs
(
    epoch UInt16,
    begun_at DateTime64(3, 'UTC') DEFAULT now64(3),
    reason String
)
ENGINE = {{engine}}
ORDER BY epoch;

CREATE TABLE IF NOT EXISTS salgspuls_store.calls
(
    seller_id LowCardinality(String),
    call_started_at DateTime64(3, 'UTC'),
    call_id String,
    version UInt64,
    title String,
    direction LowCardinality(String),
    channel LowCardinality(String),
    customer_id String,
    customer_name String,
    opportunity_id String,
    language LowCardinality(String),
    declared_language LowCardinality(String),
    participant_ids Array(String),
    participant_sides Array(LowCardinality(String)),
    participant_names Array(String),
    started_revision UInt32,
    ended_revision UInt32,
    ended_duration_ms UInt32,
    ended Bool,
    consent Bool,
    segments UInt32,
    duration_ms UInt32,
    talk_seller_ms UInt32,
    talk_customer_ms UInt32,
    talk_ratio Nullable(Float64),
    words_seller UInt32,
    words_customer UInt32,
    words_per_minute_seller Nullable(Float64),
    words_per_minute_customer Nullable(Float64),
    switches UInt32,
    switches_per_hour Nullable(Float64),
    pause_before_speaking_ms Nullable(Float64),
    longest_monologue_seller_ms UInt32,
    longest_monologue_customer_ms UInt32,
    interruptions_seller UInt32,
    interruptions_customer UInt32,
    silence_ms UInt32,
    questions_seller_open UInt32,
    questions_seller_closed UInt32,
    questions_customer_open UInt32,
    questions_customer_closed UInt32,
    sentiment_compound Nullable(Float64),
    sentiment_positive_ms UInt32,
    sentiment_neutral_ms UInt32,
    sentiment_negative_ms UInt32,
    sentiment_label LowCardinality(String),
    sentiment_direction Nullable(Float64),
    unknown_language_segments UInt32,
    last_event_at DateTime64(3, 'UTC'),
    stored_at DateTime64(3, 'UTC') DEFAULT now64(3),
    INDEX by_call_id call_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = {{engine}}(version)
PARTITION BY toYYYYMM(call_started_at)
ORDER BY (seller_id, call_started_at, call_id)
TTL call_started_at + toIntervalDay({{calls_days}})
SETTINGS ttl_only_drop_parts = 1, min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

CREATE TABLE IF NOT EXISTS salgspuls_store.call_keywords
(
    seller_id LowCardinality(String),
    call_started_at DateTime64(3, 'UTC'),
    call_id String,
    tracker_id LowCardinality(String),
    version UInt64,
    mentions_seller UInt32,
    mentions_customer UInt32,
    first_ms UInt32
)
ENGINE = {{engine}}(version)
PARTITION BY toYYYYMM(call_started_at)
ORDER BY (seller_id, call_started_at, call_id, tracker_id)
TTL call_started_at + toIntervalDay({{calls_days}})
SETTINGS ttl_only_drop_parts = 1, min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

CREATE TABLE IF NOT EXISTS salgspuls_store.call_names
(
    seller_id LowCardinality(String),
    call_started_at DateTime64(3, 'UTC'),
    call_id String,
    name_key String,
    version UInt64,
    name String,
    mentions_seller UInt32,
    mentions_customer UInt32,
    first_ms UInt32
)
ENGINE = {{engine}}(version)
PARTITION BY toYYYYMM(call_started_at)
ORDER BY (seller_id, call_started_at, call_id, name_key)
TTL call_started_at + toIntervalDay({{calls_days}})
SETTINGS ttl_only_drop_parts = 1, min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

CREATE TABLE IF NOT EXISTS salgspuls_store.opportunity_changes
(
    opportunity_id String,
    changed_at DateTime64(3, 'UTC'),
    revision UInt32,
    seller_id LowCardinality(String),
    customer_id String,
    name String,
    stage LowCardinality(String),
    state Enum8('open' = 1, 'won' = 2, 'lost' = 3),
    estimated_value Decimal(18, 2),
    actual_value Nullable(Decimal(18, 2)),
    currency LowCardinality(String),
    win_probability Nullable(Float64),
    estimated_close_on Nullable(Date32),
    closed_on Nullable(Date32),
    received_at DateTime64(3, 'UTC')
)
ENGINE = {{engine}}(revision)
ORDER BY (opportunity_id, changed_at)
TTL changed_at + toIntervalDay({{crm_days}});

CREATE TABLE IF NOT EXISTS salgspuls_store.activities
(
    activity_id String,
    revision UInt32,
    seller_id LowCardinality(String),
    opportunity_id String,
    kind Enum8('email' = 1, 'phone' = 2, 'meeting' = 3),
    started_at DateTime64(3, 'UTC'),
    duration_minutes Float64,
    with_customer Bool,
    received_at DateTime64(3, 'UTC')
)
ENGINE = {{engine}}(revision)
ORDER BY activity_id
TTL started_at + toIntervalDay({{crm_days}});

CREATE TABLE IF NOT EXISTS salgspuls_store.sellers
(
    seller_id String,
    revision UInt32,
    name String,
    team LowCardinality(String),
    manager_id String,
    starred Bool,
    active Bool,
    received_at DateTime64(3, 'UTC')
)
ENGINE = {{engine}}(revision)
ORDER BY seller_id;

CREATE TABLE IF NOT EXISTS salgspuls_store.trackers
(
    tracker_id String,
    revision UInt32,
    name String,
    kind Enum8('keyword' = 1, 'competitor' = 2),
    aliases Array(String),
    language LowCardinality(String),
    side LowCardinality(String),
    word_forms Bool,
    compounds Bool,
    removed Bool,
    received_at DateTime64(3, 'UTC')
)
ENGINE = {{engine}}(revision)
ORDER BY tracker_id;

CREATE TABLE IF NOT EXISTS salgspuls_store.periods
(
    period_id String,
    revision UInt32,
    starts_on Date32,
    ends_on Date32,
    team LowCardinality(String),
    target_value Nullable(Decimal(18, 2)),
    currency LowCardinality(String),
    received_at DateTime64(3, 'UTC')
)
ENGINE = {{engine}}(revision)
ORDER BY period_id;

CREATE TABLE IF NOT EXISTS salgspuls_store.dead_letters
(
    topic LowCardinality(String),
    partition UInt32,
    offset UInt64,
    version UInt8,
    reason LowCardinality(String),
    detail String,
    received_at DateTime64(3, 'UTC'),
    refused_by LowCardinality(String)
)
ENGINE = {{engine}}(version)
ORDER BY (topic, partition, offset, received_at)
TTL received_at + toIntervalDay({{dead_letters_days}});
