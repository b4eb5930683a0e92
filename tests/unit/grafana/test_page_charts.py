"""Charts are drawn from a panel of the committed dashboards and an answer to its query."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from grafana.dashboards import FOLDER
from grafana.page import charts
from grafana.page.board import Panel, load
from grafana.page.cells import Locale
from grafana.page.queries import Column, Frame

BOARDS = load(FOLDER)
EN = Locale("en", ZoneInfo("Europe/Copenhagen"))
DA = Locale("da", ZoneInfo("Europe/Copenhagen"))


def panel(uid: str, number: int) -> Panel:
    return next(one for one in BOARDS[uid].panels if one.id == number)


def frame(**columns: list[Any]) -> Frame:
    kinds = {int: "number", float: "number", str: "text"}
    return Frame(
        tuple(
            Column(name, kinds[type(next(v for v in values if v is not None))], values)  # type: ignore[arg-type]
            for name, values in columns.items()
        )
    )


def test_a_donut_names_its_shares_and_says_the_whole_in_the_middle() -> None:
    drawn = charts.options(
        panel("salgspuls-home-da", 101), frame(positive=[750], neutral=[0], negative=[1250]), DA
    )
    [pie] = drawn["series"]
    assert drawn["title"]["text"] == "2.000"
    assert [(part["name"], part["itemStyle"]["color"]) for part in pie["data"]] == [
        ("positiv  38\u00a0%", "#0b7a75"),
        ("neutral  0\u00a0%", "#66717d"),
        ("negativ  62\u00a0%", "#bf3f27"),
    ]


def test_two_groups_are_stacked_to_a_hundred_percent() -> None:
    answer = frame(
        group_title=["Top sellers", "Team average"],
        talks=[55.4, 61.0],
        listens=[44.6, 39.0],
    )
    drawn = charts.options(panel("salgspuls-home", 201), answer, EN)
    assert [series["name"] for series in drawn["series"]] == ["talks", "listens"]
    assert {series["stack"] for series in drawn["series"]} == {"all"}
    assert [bar["label"]["formatter"] for bar in drawn["series"][0]["data"]] == ["55\u00a0%", "61\u00a0%"]
    assert drawn["yAxis"]["data"] == ["Top sellers", "Team average"]


def test_bars_by_category_are_coloured_by_it() -> None:
    answer = frame(group_title=["Top sellers", "Team average"], switches=[120.0, 100.0])
    drawn = charts.options(panel("salgspuls-home", 221), answer, EN)
    assert [bar["itemStyle"]["color"] for bar in drawn["series"][0]["data"]] == ["#2f5d9b", "#66717d"]


def test_the_team_average_is_a_line_across_the_bars() -> None:
    answer = frame(seller=["Molly", "Bo"], figure=[52.0, 48.0], team_average=[50.0, 50.0])
    bars, line = charts.options(panel("salgspuls-team", 40), answer, EN)["series"]
    assert len(bars["data"]) == 2
    assert line["markLine"]["data"] == [{"xAxis": 50.0}]
    assert line["markLine"]["label"]["formatter"] == "Team average 50\u00a0%"


def test_shares_over_time_fill_a_hundred_percent_on_the_sellers_clock() -> None:
    answer = frame(x=[1795474800000, 1795561200000], positive=[3, 0], neutral=[1, 0], negative=[0, 0])
    drawn = charts.options(panel("salgspuls-home", 102), answer, EN)
    points = [series["data"] for series in drawn["series"]]
    assert points[0] == [["2026-11-24T00:00:00", 75.0], ["2026-11-25T00:00:00", 0.0]]
    assert sum(series[0][1] for series in points) == 100
    assert drawn["yAxis"]["max"] == 100


def test_the_area_of_a_bubble_is_its_number() -> None:
    answer = frame(
        name=["price", "delivery"],
        mentions=[100, 25],
        change=["▲ +31 %", "new"],
        shade=[2, 3],
        x=[0, 1],
        y=[0, 0],
        value=["s", "s"],
    )
    drawn = charts.options(panel("salgspuls-home", 111), answer, EN)
    big, small = drawn["series"][0]["data"]
    smallest = 10
    assert (small["symbolSize"] - smallest) / (big["symbolSize"] - smallest) == pytest.approx(0.5)
    assert big["label"]["formatter"] == "price\n▲ +31 %"
    assert small["itemStyle"]["color"] != big["itemStyle"]["color"]
    assert "delivery\nMentions: 25\nGrowth: new" in small["name"]


def test_deals_without_an_estimated_close_are_not_drawn() -> None:
    answer = frame(
        name=["a", "b"], x=[5, None], y=[70.0, 20.0], worth_each=[10.0, 20.0], shade=[0, 1], value=["s", "s"]
    )
    drawn = charts.options(panel("salgspuls-home", 301), answer, EN)
    assert len(drawn["series"][0]["data"]) == 1
    assert drawn["yAxis"]["max"] == 100


def test_a_timeline_has_a_stretch_for_each_state() -> None:
    began = datetime(2026, 11, 24, 9, tzinfo=UTC)
    answer = Frame(
        (
            Column("time", "time", [began, began + timedelta(minutes=1), began + timedelta(minutes=3)]),
            Column("customer", "text", ["", "negative", ""]),
            Column("seller", "text", ["positive", "", ""]),
            Column("keyword", "text", ["", "price", ""]),
        )
    )
    drawn = charts.options(panel("salgspuls-call", 20), answer, EN)
    stretches = [
        (stretch["name"], stretch["coords"]) for series in drawn["series"] for stretch in series["data"]
    ]
    assert ("Customer: negative", [[1.0, 0], [3.0, 0]]) in stretches
    assert ("Seller: positive", [[0.0, 1], [1.0, 1]]) in stretches
    assert ("Keywords: price", [[1.0, 2], [3.0, 2]]) in stretches
    assert drawn["yAxis"]["data"] == ["Customer", "Seller", "Keywords"]


def keys(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            yield key
            yield from keys(value)
    elif isinstance(part, list):
        for item in part:
            yield from keys(item)


def test_what_a_customer_is_called_never_becomes_a_key_that_the_chart_would_run() -> None:
    evil = ":formatter"
    answers = {
        111: frame(name=[evil], mentions=[1], change=[evil], shade=[1], x=[0], y=[0], value=[evil]),
        302: frame(stage=[evil], worth=[1.0]),
    }
    for number, answer in answers.items():
        assert not [
            key for key in keys(charts.options(panel("salgspuls-home", number), answer, EN)) if ":" in key
        ]


def test_a_trend_shows_what_happened_while_it_went_on() -> None:
    start, day = datetime(2026, 11, 24, tzinfo=UTC), timedelta(days=1)
    answer = frame(x=[int((start + n * day).timestamp() * 1000) for n in range(5)], calls=[1, 2, 3, 4, 5])
    notes = [
        charts.Note(start + day, start + day, "Trackers changed: price", "#2f5d9b"),
        charts.Note(start + 2 * day, start + 3 * day, "No data came", "#bf3f27"),
        charts.Note(start - day, start - day, "before all this", "#2f5d9b"),
    ]
    [line] = charts.options(panel("salgspuls-system", 10), answer, EN, notes)["series"]
    assert [mark["xAxis"] for mark in line["markLine"]["data"]] == ["2026-11-25T01:00:00"]
    [[begins, ends]] = line["markArea"]["data"]
    assert (begins["xAxis"], ends["xAxis"]) == ("2026-11-26T01:00:00", "2026-11-27T01:00:00")
    assert begins["label"]["formatter"] == "No data came"


def test_letters_are_larger_on_the_wall() -> None:
    answer = frame(said=["price (new)"], mentions=[3])
    wall = Locale("en", EN.zone, scale=1.5)
    drawn = charts.options(panel("salgspuls-wall", 110), answer, wall)
    assert drawn["yAxis"]["axisLabel"]["fontSize"] == 1.5 * 15
    assert drawn["series"][0]["data"][0]["value"] == 3
