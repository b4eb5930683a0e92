-- When history was reprocessed, and why. Rows of a higher epoch win.
CREATE OR REPLACE VIEW salgspuls.rebuilds AS
SELECT epoch, begun_at, reason
FROM salgspuls_store.epochs FINAL
WHERE epoch > 1; -- the first one was there from the start
