-- What is known of a dead letter is kept by when it arrived: the message's own time is its producer's, and may be anything.

ALTER TABLE salgspuls_store.dead_letters
    ADD COLUMN IF NOT EXISTS arrived_at DateTime64(3, 'UTC') DEFAULT received_at;

ALTER TABLE salgspuls_store.dead_letters MODIFY TTL arrived_at + toIntervalDay({{dead_letters_days}});
