"""A year of a large company: made by SQL, and what every query of the pages costs over it."""
