-- Messages that were rejected: where they came from, and why. The message itself is in the dead-letter topic only.
CREATE OR REPLACE VIEW salgspuls.dead_letters AS
SELECT topic, partition, offset, reason, detail, received_at, refused_by
FROM salgspuls_store.dead_letters FINAL;
