-- What was said, segment by segment, with what was found in it. Sentiment of a segment: at least 0.05 is positive, at most
-- -0.05 negative; empty where the language is not known.
CREATE OR REPLACE VIEW salgspuls.segments AS
SELECT
    call_id, segment_id, seller_id, call_started_at, speaker, participant_id, start_ms, end_ms,
    addMilliseconds(call_started_at, start_ms) AS spoken_at,
    consent, text, language, confidence, words,
    compound_e4 / 10000 AS compound,
    multiIf(compound_e4 IS NULL, '', compound_e4 >= 500, 'positive', compound_e4 <= -500, 'negative', 'neutral') AS sentiment,
    questions_open, questions_closed, mention_trackers, mention_surfaces, mention_starts,
    name_keys, name_names, name_surfaces, name_starts, questions, actions, terms, received_at, stored_at
FROM salgspuls_store.segments FINAL;
