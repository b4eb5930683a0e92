-- Keywords and competitors that are tracked, or were (removed).
CREATE OR REPLACE VIEW salgspuls.trackers AS
SELECT tracker_id, name, kind, aliases, language, side, word_forms, compounds, only_as_name, removed
FROM salgspuls_store.trackers FINAL;
