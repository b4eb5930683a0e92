"""Names that do not depend on a language: brands, persons, places."""
