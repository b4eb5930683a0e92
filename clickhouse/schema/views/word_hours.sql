-- What sellers say in ended calls, by seller and hour (UTC): words and two-word terms, so many of each call as the analysis
-- keeps.
CREATE OR REPLACE VIEW salgspuls.word_hours AS
SELECT * EXCEPT (version)
FROM salgspuls_store.word_hours FINAL
WHERE uses > 0;
