-- Whose customer mentions a name: what only one company's people say may be their own name, or private.

ALTER TABLE salgspuls_store.call_names ADD COLUMN IF NOT EXISTS customer String;
