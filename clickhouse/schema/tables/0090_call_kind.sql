-- What kind of call it is, and where its recording is, as far as its sender says.

ALTER TABLE salgspuls_store.calls
    ADD COLUMN IF NOT EXISTS kind LowCardinality(String) AFTER channel,
    ADD COLUMN IF NOT EXISTS recording_id String AFTER kind;
