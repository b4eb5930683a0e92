-- Erasures of a customer's or seller's data: who asked, when, and how many facts went. The id stands here as SHA-256 only.
CREATE OR REPLACE VIEW salgspuls.erasures AS
SELECT erasure_id, subject, digest, asked_by, begun_at, finished_at, calls, opportunities, activities
FROM salgspuls_store.erasures FINAL;
