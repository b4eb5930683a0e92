"""Numbers in sentences are written by ClickHouse as people of each language write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from clickhouse.client import connect
from clickhouse.schema.metrics import METRICS
from clickhouse.schema.rows import CallKeywordRow, CallRow, Row, TrackerRow
from grafana.i18n import Language
from grafana.pages.catalogue import PAGES
from grafana.pages.team.queries import deviation
from grafana.sql import NBSP, Writer
from tests.support.embedded_clickhouse import RunningClickHouse, clickhouse_server, migrated_clickhouse
from tests.support.pages import sql_of
from tests.support.sample_rows import insert, row, sample_world

__all__ = ["clickhouse_server", "migrated_clickhouse"]


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
        ("{n:money}", "189935.66 AS n, 'DKK' AS currency", "DKK 189.9k", "189.900 kr."),
        ("{n:money}", "2360.91 AS n, 'USD' AS currency", "USD 2,361", "2.361 USD"),
        ("{n:money}", "12 AS n, CAST(NULL AS Nullable(String)) AS currency", "12", "12"),
        ("{d:day}", "toDate32('2026-11-04') AS d", "4 Nov 2026", "04.11.2026"),
        ("{n:whole} {n?deal:deals}", "1 AS n", "1 deal", "1 deal"),
        ("{n:whole} {n?deal:deals}", "2 AS n", "2 deals", "2 deals"),
        ("{n:whole} {n?deal:deals}", "1.8 AS n", "2 deals", "2 deals"),
        ("{n:whole} {n?deal:deals}", "1.3 AS n", "1 deal", "1 deal"),
    ],
)
def test_a_number_in_a_sentence(
    clickhouse_server: RunningClickHouse, template: str, columns: str, english: str, danish: str
) -> None:
    client = connect(clickhouse_server.reader)

    def written(language: Language) -> str:
        said = Writer(language).sentence(template)
        text = str(client.query(f"SELECT {said} AS said FROM (SELECT {columns})").result_rows[0][0])
        return text.replace(NBSP, " ")

    assert written("en") == english
    assert written("da") == danish
    client.close()


def test_a_ratio_over_nothing_is_no_text_and_no_error(clickhouse_server: RunningClickHouse) -> None:
    client = connect(clickhouse_server.reader)
    said = Writer("en").sentence("{n:percent}")
    sql = f"SELECT {said} AS said FROM (SELECT number / nullIf(number, 0) AS n FROM numbers(1))"
    assert client.query(sql).result_rows == [(None,)]
    client.close()


def mentioned(days_ago: int, **mentions: int) -> list[Row]:
    """A call so many days ago in which the customer mentioned trackers so often."""
    began = datetime.now(UTC) - timedelta(days=days_ago)
    shared = {"call_id": f"{days_ago} days ago", "seller_id": "s1", "call_started_at": began, "version": 1}
    said = [
        row(CallKeywordRow, **shared, tracker_id=name, mentions_customer=count)
        for name, count in mentions.items()
    ]
    return [row(CallRow, **shared, ended=True, consent=True, last_event_at=began), *said]


def test_the_headline_says_what_grows_and_when_nothing_does(migrated_clickhouse: RunningClickHouse) -> None:
    writer, reader = connect(migrated_clickhouse.writer), connect(migrated_clickhouse.reader)

    def store(*rows: Row) -> None:
        kinds = {type(one) for one in rows}
        insert(writer, {kind: [one for one in rows if type(one) is kind] for kind in kinds})

    def headline(language: Language) -> tuple[str, dict[str, str]]:
        query = PAGES["home"].panel("keywords").query
        answer = list(reader.query(sql_of(query, datetime.now(UTC), language)).named_results())
        changes = {one["name"]: one["change"].replace(NBSP, " ") for one in answer}
        return answer[0]["value"].replace(NBSP, " "), changes

    store(
        *(
            row(TrackerRow, tracker_id=name, name=name, kind="keyword", received_at=datetime.now(UTC))
            for name in ("price", "toner", "fax")
        ),
        *mentioned(100, fax=9),
        *mentioned(40, price=3),
        *mentioned(5, price=1),
    )
    said, changes = headline("en")
    assert said == "None is mentioned clearly more than before. Most mentioned: fax and price"
    assert changes == {"fax": "0 %", "price": "▼ -67 %"}, "what nobody says any more is not new"
    store(*mentioned(41, price=17))
    assert (
        headline("en")[0]
        == "None is mentioned clearly more than before. Most mentioned: price (▼ -95 %) and fax"
    )
    assert headline("da")[0] == "Ingen nævnes mærkbart mere end før. Oftest nævnt: price (▼ -95 %) og fax"
    store(*mentioned(4, toner=1), *mentioned(3, toner=18))
    assert headline("en")[0] == "Most mentioned: price (▼ -95 %), toner and fax", (
        "19 are too few to name a growth"
    )
    store(*mentioned(2, toner=1))
    assert headline("en")[0] == "Growing most: toner (new)"
    store(*mentioned(42, toner=200), *mentioned(1, toner=190))
    assert headline("en")[0].startswith("None is mentioned clearly more than before."), "5 % more is steady"
    store(*mentioned(6, toner=1))
    assert headline("en")[0] == "Growing most: toner (▲ +6 %)"
    writer.close()
    reader.close()


def test_one_stray_call_turns_no_headline(migrated_clickhouse: RunningClickHouse) -> None:
    now = datetime.now(UTC)
    writer, reader = connect(migrated_clickhouse.writer), connect(migrated_clickhouse.reader)
    insert(writer, sample_world(now).rows)
    texts = ("talk", "mood", "switching")

    def headlines() -> tuple[list[str], list[dict[str, object]]]:
        [row, *_] = reader.query(sql_of(PAGES["home"].panel("talk").query, now)).named_results()
        insights = reader.query(sql_of(PAGES["team"].panel("insights").query, now)).named_results()
        return [str(row[name]).replace(NBSP, " ") for name in texts], list(insights)

    before, insights = headlines()
    assert not any("sellers)" in said for said in before), "all of them count"
    began = now - timedelta(days=1)
    stray = row(
        CallRow,
        call_id="stray",
        seller_id="seller-1",
        call_started_at=began,
        version=1,
        ended=True,
        consent=True,
        duration_ms=2_400,
        talk_seller_ms=0,
        talk_customer_ms=2_400,
        switches=0,
        last_event_at=began,
        stored_at=now,
    )
    insert(writer, {CallRow: [stray]})
    after, insights_after = headlines()
    assert after == [f"{said} (6 of 7 sellers)" for said in before]
    assert insights_after == insights
    writer.close()
    reader.close()


def test_twice_as_many_of_next_to_no_filler_words_is_no_insight(
    migrated_clickhouse: RunningClickHouse,
) -> None:
    reader = connect(migrated_clickhouse.reader)
    [fillers] = [metric for metric in METRICS if metric.counts == "filler_words"]

    def differences(*per_minute: float) -> list[float]:
        of_sellers = f"(SELECT arrayJoin({list(per_minute)}) AS {fillers.name})"
        return [
            value for (value,) in reader.query(f"SELECT {deviation(fillers)} FROM {of_sellers}").result_rows
        ]

    assert differences(0.06, 0.12, 0.06) == [0, 0, 0]
    assert differences(1, 4, 1) == [-0.5, 1, -0.5]
    reader.close()
