"""Text: sentences, tokens, numbers, its language, and what is cached of it."""
