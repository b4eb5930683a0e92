-- Calls by the deal that they are linked to: of each seller and hour the calls of a deal, when they were, how long, and how
-- the customer felt. What a bucket no longer holds is an empty row.

CREATE TABLE IF NOT EXISTS salgspuls_store.deal_hours
(
    seller_id LowCardinality(String),
    hour DateTime('UTC'),
    opportunity_id String,
    version UInt64,
    calls Array(Tuple(at DateTime64(3, 'UTC'), call_id String, duration_ms UInt32, compound Nullable(Float64)))
)
ENGINE = {{engine}}(version)
PARTITION BY toYYYYMM(hour)
ORDER BY (seller_id, hour, opportunity_id)
TTL hour + toIntervalDay({{calls_days}})
SETTINGS min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

-- For which months an aggregate that came later than the calls has been filled.
CREATE TABLE IF NOT EXISTS salgspuls_store.backfills
(
    name LowCardinality(String),
    month Date,
    done_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = {{engine}}(done_at)
ORDER BY (name, month);
