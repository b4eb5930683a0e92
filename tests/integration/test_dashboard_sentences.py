"""Numbers in sentences are written by ClickHouse as people of each language write them."""

from __future__ import annotations

import pytest

from clickhouse.client import connect
from grafana.dashboards.language import Language
from grafana.dashboards.sql import NBSP, sentence
from tests.support.embedded_clickhouse import RunningClickHouse, clickhouse_server

__all__ = ["clickhouse_server"]


@pytest.mark.parametrize(
    ("template", "columns", "english", "danish"),
    [
        ("{n:whole}", "1234567.6 AS n", "1,234,568", "1.234.568"),
        ("{n:whole}", "-999 AS n", "-999", "-999"),
        ("{n:whole}", "0 AS n", "0", "0"),
        ("{n:decimal}", "12.25 AS n", "12.2", "12,2"),
        ("{n:seconds}", "2.04 AS n", "2.0 s", "2,0 s"),
        ("{n:percent}", "0.314 AS n", "31 %", "31 %"),
        ("{n:share}:{n:share}", "0.41 AS n", "41:41", "41:41"),
        ("{n:growth}", "0.3149 AS n", "▲ +31 %", "▲ +31 %"),
        ("{n:growth}", "-0.5 AS n", "▼ -50 %", "▼ -50 %"),
        ("{n:growth}", "0.001 AS n", "0 %", "0 %"),
        ("{n:growth}", "CAST(NULL AS Nullable(Float64)) AS n", "new", "ny"),
        ("{n:money}", "2412345 AS n, 'DKK' AS currency", "DKK 2.4m", "2,4 mio. kr."),
        ("{n:money}", "189935.66 AS n, 'DKK' AS currency", "DKK 189.9k", "189,9 t. kr."),
        ("{n:money}", "2360.91 AS n, 'USD' AS currency", "USD 2,361", "2.361 USD"),
        ("{n:money}", "12 AS n, CAST(NULL AS Nullable(String)) AS currency", "12", "12"),
        ("{d:day}", "toDate32('2026-11-04') AS d", "4 Nov 2026", "04.11.2026"),
        ("{n:whole} {n?deal:deals}", "1 AS n", "1 deal", "1 deal"),
        ("{n:whole} {n?deal:deals}", "2 AS n", "2 deals", "2 deals"),
    ],
)
def test_a_number_in_a_sentence(
    clickhouse_server: RunningClickHouse, template: str, columns: str, english: str, danish: str
) -> None:
    client = connect(clickhouse_server.reader)

    def written(language: Language) -> str:
        said = sentence(template, language)
        text = str(client.query(f"SELECT {said} AS said FROM (SELECT {columns})").result_rows[0][0])
        return text.replace(NBSP, " ")

    assert written("en") == english
    assert written("da") == danish
    client.close()


def test_a_ratio_over_nothing_is_no_text_and_no_error(clickhouse_server: RunningClickHouse) -> None:
    client = connect(clickhouse_server.reader)
    said = sentence("{n:percent}", "en")
    sql = f"SELECT {said} AS said FROM (SELECT number / nullIf(number, 0) AS n FROM numbers(1))"
    assert client.query(sql).result_rows == [(None,)]
    client.close()
