-- Mentions of names that are in no list and that no event knows, by seller and hour (UTC) in which the call began.
CREATE OR REPLACE VIEW salgspuls.name_hours AS
SELECT * EXCEPT (version)
FROM salgspuls_store.name_hours FINAL
WHERE calls > 0 AND name_key NOT IN (SELECT name_key FROM salgspuls.known_names);
