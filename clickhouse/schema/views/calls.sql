-- Calls with all their numbers. Times in milliseconds, ratios and shares 0 to 1, compounds -1 to 1; empty where nothing is
-- known. A call's shares are its customer's classes weighted by speaking time.
CREATE OR REPLACE VIEW salgspuls.calls AS
SELECT
    call_id, seller_id, call_started_at, title, direction, channel, kind, recording_id, customer_id, customer_name, opportunity_id, language,
    participant_ids, participant_sides, participant_names, ended, consent, segments, duration_ms,
    talk_seller_ms, talk_customer_ms, words_seller, words_customer, words_per_minute_customer, switches,
    longest_monologue_seller_ms, interruptions_seller, interruptions_customer, silence_ms,
    questions_seller_open, questions_seller_closed, questions_customer_open, questions_customer_closed,
    questions_seller_open + questions_seller_closed AS questions_seller,
    questions_customer_open + questions_customer_closed AS questions_customer,
    sentiment_positive_ms, sentiment_neutral_ms, sentiment_negative_ms,
    sentiment_positive_ms + sentiment_neutral_ms + sentiment_negative_ms AS sentiment_ms,
    {{metrics_of_call}},
    sentiment_label, sentiment_direction, unknown_language_segments, last_event_at
FROM salgspuls_store.calls FINAL;
