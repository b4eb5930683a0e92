-- Filler words of the seller: of a segment (empty where its language has no list of them), and by minute of a call.

ALTER TABLE salgspuls_store.segments ADD COLUMN IF NOT EXISTS filler_words Nullable(UInt16) AFTER words;

ALTER TABLE salgspuls_store.calls
    ADD COLUMN IF NOT EXISTS filler_words_per_minute_seller Nullable(Float64) AFTER words_per_minute_customer;

ALTER TABLE salgspuls_store.seller_hours
    ADD COLUMN IF NOT EXISTS filler_words_per_minute_sum Float64,
    ADD COLUMN IF NOT EXISTS filler_words_per_minute_calls UInt32;
