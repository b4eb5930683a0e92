-- Mentions of names that are in no list, by seller and hour (UTC) in which the call began.
CREATE OR REPLACE VIEW salgspuls.name_hours AS
SELECT * EXCEPT (version)
FROM salgspuls_store.name_hours FINAL
WHERE calls > 0;
