"""What ClickHouse's two users and the migrations are given."""

from __future__ import annotations

from tests.support.configuration import CERTIFICATE, PASSWORD, load


class TestClients:
    def test_clickhouse_by_either_user(self) -> None:
        settings = load(
            clickhouse_secure="true",
            clickhouse_port="8443",
            clickhouse_ca=str(CERTIFICATE),
            clickhouse_writer_password=PASSWORD,
        ).clickhouse
        writer, reader = settings.config("writer"), settings.config("reader")
        assert (writer.username, writer.password) == ("writer", PASSWORD)
        assert (reader.username, reader.password) == ("reader", "")
        assert (writer.address, writer.ca_cert) == ("https://127.0.0.1:8443", CERTIFICATE)

    def test_migrations_get_engine_and_retention(self) -> None:
        assert load(clickhouse_segments_days="30").clickhouse.migration_variables() == {
            "engine": "ReplacingMergeTree",
            "segments_days": "30",
            "calls_days": "760",
            "crm_days": "7300",
            "aggregates_days": "1825",
            "dead_letters_days": "90",
        }
