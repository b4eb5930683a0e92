-- Sums over the calls of a seller that began in an hour (UTC).
CREATE OR REPLACE VIEW salgspuls.seller_hours AS
SELECT * EXCEPT (version)
FROM salgspuls_store.seller_hours FINAL;
