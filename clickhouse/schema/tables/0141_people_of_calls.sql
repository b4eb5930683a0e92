-- Who takes part in calls, once a part: sets of participants are nearly as many as calls. Kept true by the engine as before.

ALTER TABLE salgspuls_store.calls
    ADD PROJECTION IF NOT EXISTS by_people (
        SELECT toYYYYMM(call_started_at), groupUniqArrayArray(participant_names) GROUP BY toYYYYMM(call_started_at));

ALTER TABLE salgspuls_store.calls MATERIALIZE PROJECTION by_people;

ALTER TABLE salgspuls_store.calls DROP PROJECTION IF EXISTS by_participants;
