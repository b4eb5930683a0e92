-- Messages that were rejected: where they came from, and why. What may be kept of the message itself is in the dead-letter
-- topic only. `received_at` is when it arrived, `sent_at` the message's own time, which its producer may set to anything.
CREATE OR REPLACE VIEW salgspuls.dead_letters AS
SELECT topic, partition, offset, reason, detail, arrived_at AS received_at, letters.received_at AS sent_at, refused_by
FROM salgspuls_store.dead_letters AS letters FINAL;
