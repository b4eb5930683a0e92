-- What people and dashboards read: no FINAL, no versions. Names that sellers and trackers have now are joined here.

CREATE DATABASE IF NOT EXISTS salgspuls;

CREATE OR REPLACE VIEW salgspuls.sellers AS
SELECT seller_id, name, team, manager_id, starred, active
FROM salgspuls_store.sellers FINAL;

CREATE OR REPLACE VIEW salgspuls.trackers AS
SELECT tracker_id, name, kind, aliases, language, side, word_forms, compounds, removed
FROM salgspuls_store.trackers FINAL;

CREATE OR REPLACE VIEW salgspuls.periods AS
SELECT period_id, starts_on, ends_on, team, target_value, currency
FROM salgspuls_store.periods FINAL;

CREATE OR REPLACE VIEW salgspuls.calls AS
SELECT
    call_id, seller_id, call_started_at, title, direction, channel, customer_id, customer_name, opportunity_id, language,
    participant_ids, participant_sides, participant_names, ended, consent, segments, duration_ms,
    talk_seller_ms, talk_customer_ms, talk_ratio, words_seller, words_customer,
    words_per_minute_seller, words_per_minute_customer, switches, switches_per_hour, pause_before_speaking_ms,
    longest_monologue_seller_ms, longest_monologue_customer_ms, interruptions_seller, interruptions_customer, silence_ms,
    questions_seller_open, questions_seller_closed, questions_customer_open, questions_customer_closed,
    questions_seller_open + questions_seller_closed AS questions_seller,
    questions_customer_open + questions_customer_closed AS questions_customer,
    sentiment_compound, sentiment_positive_ms, sentiment_neutral_ms, sentiment_negative_ms,
    sentiment_positive_ms + sentiment_neutral_ms + sentiment_negative_ms AS sentiment_ms,
    if(sentiment_ms > 0, sentiment_positive_ms / sentiment_ms, NULL) AS sentiment_positive,
    if(sentiment_ms > 0, sentiment_neutral_ms / sentiment_ms, NULL) AS sentiment_neutral,
    if(sentiment_ms > 0, sentiment_negative_ms / sentiment_ms, NULL) AS sentiment_negative,
    sentiment_label, sentiment_direction, unknown_language_segments, last_event_at
FROM salgspuls_store.calls FINAL;

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

CREATE OR REPLACE VIEW salgspuls.call_keywords AS
SELECT call_id, seller_id, call_started_at, tracker_id, mentions_seller, mentions_customer, first_ms
FROM salgspuls_store.call_keywords FINAL
WHERE mentions_seller + mentions_customer > 0;

CREATE OR REPLACE VIEW salgspuls.call_names AS
SELECT call_id, seller_id, call_started_at, name_key, name, mentions_seller, mentions_customer, first_ms
FROM salgspuls_store.call_names FINAL
WHERE mentions_seller + mentions_customer > 0;

CREATE OR REPLACE VIEW salgspuls.opportunity_changes AS
SELECT
    opportunity_id, changed_at, seller_id, customer_id, name, stage, state, estimated_value, actual_value, currency,
    win_probability, estimated_close_on, closed_on
FROM salgspuls_store.opportunity_changes FINAL;

CREATE OR REPLACE VIEW salgspuls.opportunities AS
SELECT *
FROM salgspuls.opportunity_changes
ORDER BY changed_at DESC
LIMIT 1 BY opportunity_id;

CREATE OR REPLACE VIEW salgspuls.activities AS
SELECT activity_id, seller_id, opportunity_id, kind, started_at, duration_minutes, with_customer
FROM salgspuls_store.activities FINAL;

CREATE OR REPLACE VIEW salgspuls.dead_letters AS
SELECT topic, partition, offset, reason, detail, received_at, refused_by
FROM salgspuls_store.dead_letters FINAL;

CREATE OR REPLACE VIEW salgspuls.seller_hours AS
SELECT * EXCEPT (version)
FROM salgspuls_store.seller_hours FINAL;

CREATE OR REPLACE VIEW salgspuls.keyword_hours AS
SELECT * EXCEPT (version)
FROM salgspuls_store.keyword_hours FINAL
WHERE calls > 0;

CREATE OR REPLACE VIEW salgspuls.name_hours AS
SELECT * EXCEPT (version)
FROM salgspuls_store.name_hours FINAL
WHERE calls > 0;

CREATE OR REPLACE VIEW salgspuls.word_hours AS
SELECT * EXCEPT (version)
FROM salgspuls_store.word_hours FINAL
WHERE uses > 0;

CREATE OR REPLACE VIEW salgspuls.rebuilds AS
SELECT epoch, begun_at, reason
FROM salgspuls_store.epochs FINAL;

-- A call whose end was never told counts as over after ten minutes without an event.
CREATE OR REPLACE VIEW salgspuls.calls_in_progress AS
SELECT *
FROM salgspuls.calls
WHERE NOT ended AND last_event_at > now64(3) - INTERVAL 10 MINUTE;

CREATE OR REPLACE VIEW salgspuls.freshness AS
SELECT max(newest) AS newest_event_at, dateDiff('second', max(newest), now64(3)) AS age_seconds
FROM
(
    SELECT max(last_event_at) AS newest FROM salgspuls_store.calls
    UNION ALL
    SELECT max(received_at) FROM salgspuls_store.opportunity_changes
    UNION ALL
    SELECT max(received_at) FROM salgspuls_store.activities
);
