-- A call whose import is corrected with another seller or another start is taken out as an erasure of the call itself: the
-- statements up to a revision are refused, those of the correction are not.

ALTER TABLE salgspuls_store.erasures
    MODIFY COLUMN subject Enum8('customer' = 1, 'seller' = 2, 'call' = 3);
