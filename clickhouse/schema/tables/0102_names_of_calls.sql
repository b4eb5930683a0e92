-- Who is named by calls, read once each and not once a call. The engine keeps projections true through merges, corrections
-- and erasures, and fills those of parts that are there already in the background, also after a restart.

ALTER TABLE salgspuls_store.calls
    MODIFY SETTING deduplicate_merge_projection_mode = 'rebuild', lightweight_mutation_projection_mode = 'rebuild';

ALTER TABLE salgspuls_store.calls
    ADD PROJECTION IF NOT EXISTS by_customer_name (SELECT customer_name, count() GROUP BY customer_name);

ALTER TABLE salgspuls_store.calls
    ADD PROJECTION IF NOT EXISTS by_participants (SELECT participant_names, count() GROUP BY participant_names);

ALTER TABLE salgspuls_store.calls MATERIALIZE PROJECTION by_customer_name;

ALTER TABLE salgspuls_store.calls MATERIALIZE PROJECTION by_participants;
