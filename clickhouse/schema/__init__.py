"""The database schema: tables, views and the migrations that bring them in."""
