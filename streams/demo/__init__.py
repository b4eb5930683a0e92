"""Everything on one machine: broker, ClickHouse, worker and page as child processes."""
