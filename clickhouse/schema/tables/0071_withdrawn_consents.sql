-- Segments whose consent was withdrawn by a correction. Their words are replaced at once; what replaced rows hold of them is
-- deleted from disk by a worker, which then says so here.
CREATE TABLE IF NOT EXISTS salgspuls_store.withdrawn_consents
(
    call_id String,
    segment_id String,
    version UInt32,
    seller_id LowCardinality(String),
    call_started_at DateTime64(3, 'UTC'),
    purged Bool,
    stored_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = {{engine}}(version)
ORDER BY (call_id, segment_id)
TTL call_started_at + toIntervalDay({{segments_days}});
