-- Whether a tracker counts only where it is said as a name; NULL: competitors that are everyday words.

ALTER TABLE salgspuls_store.trackers ADD COLUMN IF NOT EXISTS only_as_name Nullable(Bool) AFTER compounds;
