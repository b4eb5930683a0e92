-- Finds the parts of a month in which a word was said without reading their text.

ALTER TABLE salgspuls_store.segments
    ADD INDEX IF NOT EXISTS text_words lowerUTF8(text) TYPE text(tokenizer = splitByNonAlpha);
