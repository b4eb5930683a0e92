-- Calls that know a customer by name only can be erased by that name.
ALTER TABLE salgspuls_store.erasures
    MODIFY COLUMN subject Enum8('customer' = 1, 'seller' = 2, 'call' = 3, 'customer_name' = 4);
