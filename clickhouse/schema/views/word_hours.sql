-- What sellers say in ended calls, by seller, hour (UTC) and language: words and two-word terms, so many of each call and
-- language as the analysis keeps. `language` is empty where it was stored before the language was.
CREATE OR REPLACE VIEW salgspuls.word_hours AS
SELECT * EXCEPT (version)
FROM salgspuls_store.word_hours FINAL
WHERE uses > 0 AND term != '';
