-- The erasure of a customer's or a seller's data: what was asked for, and what must not come back. An id stands here as the
-- SHA-256 of "kind:id" only.

CREATE TABLE IF NOT EXISTS salgspuls_store.erasures
(
    erasure_id String,
    version UInt32,
    subject Enum8('customer' = 1, 'seller' = 2),
    digest String,
    asked_by String,
    begun_at DateTime64(3, 'UTC'),
    finished_at Nullable(DateTime64(3, 'UTC')),
    calls UInt32,
    opportunities UInt32,
    activities UInt32
)
ENGINE = {{engine}}(version)
ORDER BY erasure_id;

-- Workers refuse what is said of these facts, up to the revision. While an erasure is under way `seller_id` and `hour` are
-- the bucket of the aggregates that is to be recomputed without the call; afterwards they are empty.
CREATE TABLE IF NOT EXISTS salgspuls_store.erased
(
    kind Enum8('call' = 1, 'opportunity' = 2, 'activity' = 3, 'seller' = 4),
    digest String,
    revision UInt32,
    seller_id String,
    hour DateTime('UTC')
)
ENGINE = {{engine}}(revision)
ORDER BY (kind, digest);

CREATE OR REPLACE VIEW salgspuls.erasures AS
SELECT erasure_id, subject, digest, asked_by, begun_at, finished_at, calls, opportunities, activities
FROM salgspuls_store.erasures FINAL;
