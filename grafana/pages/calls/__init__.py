"""All calls of the range, by what they are and what is said in them."""
