"""Everything that speaks ClickHouse's SQL: client, schema and migrations, inserts and reads, the embedded engine."""
