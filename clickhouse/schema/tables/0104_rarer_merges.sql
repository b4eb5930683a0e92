-- Small inserts come every second and are merged when there are some of them, not two by two: each merge costs as much as
-- an insert does, whatever it merges. A partition in which nothing happens becomes one part as before.

ALTER TABLE salgspuls_store.segments MODIFY SETTING min_parts_to_merge_at_once = 8;
ALTER TABLE salgspuls_store.calls MODIFY SETTING min_parts_to_merge_at_once = 8;
ALTER TABLE salgspuls_store.call_keywords MODIFY SETTING min_parts_to_merge_at_once = 8;
ALTER TABLE salgspuls_store.call_names MODIFY SETTING min_parts_to_merge_at_once = 8;
ALTER TABLE salgspuls_store.seller_hours MODIFY SETTING min_parts_to_merge_at_once = 8;
ALTER TABLE salgspuls_store.keyword_hours MODIFY SETTING min_parts_to_merge_at_once = 8;
ALTER TABLE salgspuls_store.name_hours MODIFY SETTING min_parts_to_merge_at_once = 8;
ALTER TABLE salgspuls_store.deal_hours MODIFY SETTING min_parts_to_merge_at_once = 8;
ALTER TABLE salgspuls_store.word_hours MODIFY SETTING min_parts_to_merge_at_once = 8;
