-- Mentions of trackers by seller and hour (UTC) in which the call began.
CREATE OR REPLACE VIEW salgspuls.keyword_hours AS
SELECT * EXCEPT (version)
FROM salgspuls_store.keyword_hours FINAL
WHERE calls > 0;
