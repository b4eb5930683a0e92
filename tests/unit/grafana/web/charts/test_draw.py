"""Charts are drawn from a panel and an answer to its query."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from grafana import theme
from grafana.pages.catalogue import PAGES
from grafana.panels.panels import Charted
from grafana.web.cells import Locale
from grafana.web.charts import draw, trend
from grafana.web.charts.layout import Canvas, Options
from grafana.web.frames import Column, Frame

EN = Locale("en", ZoneInfo("Europe/Copenhagen"))
DA = Locale("da", ZoneInfo("Europe/Copenhagen"))


def panel(page: str, name: str) -> Charted:
    found = PAGES[page].panel(name)
    assert isinstance(found, Charted)
    return found


def canvas(page: str, name: str, locale: Locale) -> Canvas:
    return Canvas(locale, next(placed.at for placed in PAGES[page].items if placed.item.name == name))


def options(page: str, name: str, answer: Frame, locale: Locale, notes: Sequence[trend.Note] = ()) -> Options:
    return draw.options(panel(page, name), answer, canvas(page, name, locale), notes)


def words(page: str, name: str, answer: Frame, locale: Locale) -> str:
    return draw.in_words(panel(page, name), answer, canvas(page, name, locale))


def frame(**columns: list[Any]) -> Frame:
    kinds = {int: "number", float: "number", str: "text"}
    return Frame(
        tuple(
            Column(name, kinds[type(next(v for v in values if v is not None))], values)  # type: ignore[arg-type]  # kinds has them all
            for name, values in columns.items()
        )
    )


def test_a_donut_names_its_shares_and_says_the_whole_in_the_middle() -> None:
    drawn = options("home", "sentiment-donut", frame(positive=[750], neutral=[0], negative=[1250]), DA)
    [pie] = drawn["series"]
    assert drawn["title"]["text"] == "2.000"
    assert [(part["name"], part["itemStyle"]["color"]) for part in pie["data"]] == [
        ("positiv  38\u00a0%", theme.POSITIVE),
        ("neutral  0\u00a0%", theme.NEUTRAL),
        ("negativ  62\u00a0%", "#bf3f27"),
    ]


def test_two_groups_are_stacked_to_a_hundred_percent() -> None:
    answer = frame(
        group_title=["Top sellers", "Team average"],
        talks=[55.4, 61.0],
        listens=[44.6, 39.0],
    )
    drawn = options("home", "talk-bars", answer, EN)
    assert [series["name"] for series in drawn["series"]] == ["talks", "listens"]
    assert {series["stack"] for series in drawn["series"]} == {"all"}
    assert [bar["label"]["formatter"] for bar in drawn["series"][0]["data"]] == ["55\u00a0%", "61\u00a0%"]
    assert drawn["yAxis"]["data"] == ["Top sellers", "Team average"]


def test_bars_by_category_are_coloured_by_it() -> None:
    answer = frame(group_title=["Top sellers", "Team average"], switches=[120.0, 100.0])
    drawn = options("home", "switches-bars", answer, EN)
    assert [bar["itemStyle"]["color"] for bar in drawn["series"][0]["data"]] == ["#2f5d9b", "#66717d"]


def test_the_team_average_is_a_line_across_the_bars() -> None:
    answer = frame(seller=["Molly", "Bo"], figure=[52.0, 48.0], team_average=[50.0, 50.0])
    drawn = options("team", "talk-ratio", answer, EN)
    bars, line = drawn["series"]
    assert len(bars["data"]) == 2
    assert line["markLine"]["data"] == [{"xAxis": 50.0}]
    assert drawn["title"]["text"] == "┆ Team average 50\u00a0%"


def test_a_seller_with_too_few_calls_is_pale_and_still_read() -> None:
    answer = frame(
        seller=["Molly", "Bo, too few calls"], figure=[52.0, 48.0], team_average=[52.0, 52.0], too_few=[0, 1]
    )
    molly, bo = options("team", "talk-ratio", answer, EN)["series"][0]["data"]
    assert "opacity" not in molly["itemStyle"]
    assert bo["itemStyle"]["opacity"] < 1
    assert bo["label"]["color"] == "#1c2733"


def test_shares_over_time_fill_a_hundred_percent_on_the_sellers_clock() -> None:
    days = [datetime(2026, 11, 23 + day, 23, tzinfo=UTC) for day in range(3)]
    answer = Frame(
        (
            Column("time", "time", days),
            Column("positive", "number", [3, 1, 2]),
            Column("neutral", "number", [1, 0, 0]),
            Column("negative", "number", [0, 1, 2]),
        )
    )
    drawn = options("home", "sentiment-trend", answer, EN)
    *areas, names = drawn["series"]
    assert areas[0]["data"] == [
        ["2026-11-24T00:00:00", 75.0],
        ["2026-11-25T00:00:00", 50.0],
        ["2026-11-26T00:00:00", 50.0],
    ]
    assert sum(area["data"][0][1] for area in areas) == 100
    assert drawn["yAxis"]["max"] == 100
    beside = [(name["label"]["formatter"], name["value"][1]) for name in names["data"]]
    assert beside == [("positive", 25), ("neutral", 50), ("negative", 75)], (
        "in the middle of each area at its end, also of one that has come to nothing"
    )


def test_the_names_of_lines_that_end_alike_do_not_lie_on_each_other() -> None:
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    ends = {"price": 50, "scanner": 50, "toner": 49, "budget": 100}
    lines = [Column(name, "number", [100, end]) for name, end in ends.items()]
    answer = Frame((Column("time", "time", [moment - timedelta(days=1), moment]), *lines))
    *_, names = options("keywords", "keywords-mentions-trend", answer, EN)["series"]
    heights = {name["label"]["formatter"]: name["value"][1] for name in names["data"]}
    assert heights.keys() == ends.keys()
    assert heights["budget"] == 100
    ordered = sorted(heights.values())
    plot = canvas("keywords", "keywords-mentions-trend", EN).height - trend.AXIS_PIXELS
    assert min(b - a for a, b in itertools.pairwise(ordered)) * plot / 100 >= trend.NAME_HEIGHT - 1e-6


def test_a_chart_says_in_words_what_it_shows() -> None:
    answer = frame(stage=["Develop", "Close"], worth=[6.2e6, 1.9e6], worth_text=["DKK 6.2m", "DKK 1.9m"])
    said = options("home", "pipeline", answer, EN)["aria"]["label"]["description"]
    assert said == "Pipeline by stage; Develop, DKK 6.2m; Close, DKK 1.9m"


def test_of_many_rows_the_first_ones_and_the_last_are_said_in_words() -> None:
    answer = frame(
        stage=[f"stage {n}" for n in range(50)],
        worth=[float(n) for n in range(50)],
        worth_text=[f"{n} kr." for n in range(50)],
    )
    said = words("home", "pipeline", answer, EN).split("; ")
    assert len(said) == draw.ROWS_IN_WORDS + 2
    assert said[-2:] == ["…", "stage 49, 49 kr."]


def test_a_bubble_is_said_by_its_name_and_its_numbers_not_by_its_place() -> None:
    answer = frame(name=["price"], mentions=[100], change=["▲ +31 %"], shade=[2], value=["Growing most"])
    said = words("home", "keywords-bubbles", answer, EN)
    assert said == "The 20 mentioned most; price, Mentions: 100, ▲ +31 %, Growth: rising"


def test_the_area_of_a_bubble_is_its_number() -> None:
    answer = frame(
        name=["price", "delivery"],
        mentions=[100, 25],
        change=["▲ +31 %", "new"],
        shade=[2, 3],
        value=["s", "s"],
    )
    drawn = options("home", "keywords-bubbles", answer, EN)
    big, small = drawn["series"][0]["data"]
    smallest = 10
    assert (small["symbolSize"] - smallest) / (big["symbolSize"] - smallest) == pytest.approx(0.5)
    assert big["label"]["formatter"] == "price\n100 · ▲ +31 %"
    assert small["itemStyle"]["color"] != big["itemStyle"]["color"]
    assert "delivery\nMentions: 25\nGrowth: new" in small["name"]


def test_deals_without_an_estimated_close_are_not_drawn() -> None:
    answer = frame(
        name=["a", "b"], x=[5, None], y=[70.0, 20.0], worth_each=[10.0, 20.0], shade=[0, 1], value=["s", "s"]
    )
    drawn = options("home", "health-bubbles", answer, EN)
    assert len(drawn["series"][0]["data"]) == 1
    assert drawn["yAxis"]["max"] == 100
    risk, today = drawn["series"][0]["markLine"]["data"]
    assert (risk["label"]["formatter"], risk["yAxis"], today["xAxis"]) == ("at risk < 65", 65, 0)


def test_bubbles_without_any_place_are_nothing_to_draw() -> None:
    shown = panel("home", "health-bubbles")
    for xs, nothing in (([None, None], True), ([None, 5], False)):
        answer = Frame((Column("x", "number", xs), Column("y", "number", [20.0, 70.0])))
        assert draw.nothing_to_draw(shown, answer) is nothing
    assert not draw.nothing_to_draw(panel("home", "forecast"), Frame((Column("x", "number", [None]),)))


def test_of_a_single_day_only_the_classes_that_are_there_are_points() -> None:
    day = [datetime(2026, 11, 24, tzinfo=UTC)]
    shares = {"positive": [4], "neutral": [0], "negative": [0]}
    answer = Frame(
        (Column("time", "time", day), *(Column(name, "number", some) for name, some in shares.items()))
    )
    *areas, names = options("home", "sentiment-trend", answer, EN)["series"]
    assert [area["data"][0]["symbol"] for area in areas] == ["circle", "none", "none"]
    assert [name["label"]["formatter"] for name in names["data"]] == ["positive"]


def test_a_night_without_calls_is_a_gap_in_hours_and_no_line() -> None:
    morning = datetime(2026, 11, 24, 7, tzinfo=UTC)
    hours = [morning + timedelta(hours=hour) for hour in (0, 1, 2, 24, 48, 49)]
    answer = Frame(
        (
            Column("time", "time", hours),
            *(Column(name, "number", [1] * 6) for name in ("positive", "neutral", "negative")),
        )
    )
    area = options("home", "sentiment-trend", answer, EN)["series"][0]
    values = [point["value"] for point in area["data"]]
    assert [value for _, value in values] == pytest.approx(
        [100 / 3] * 3 + [None, 100 / 3, None] + [100 / 3] * 2
    )
    assert area["connectNulls"] is False
    assert [point["symbol"] for point in area["data"]] == ["none"] * 4 + ["circle"] + ["none"] * 3
    per_call = Frame((answer.columns[0], Column("compound", "number", [0.1] * 6)))
    [line] = options("seller", "sentiment-per-call", per_call, EN)["series"]
    assert len(line["data"]) == 6, "calls have no steps"


def test_a_weekend_is_no_gap_in_days_but_a_week_is() -> None:
    friday = datetime(2026, 10, 22, 22, tzinfo=UTC)
    # the clocks are changed on the Sunday between: Monday begins 73 hours after Friday
    days = [friday + timedelta(hours=hours) for hours in (-24, 0, 73, 97, 97 + 7 * 24)]
    answer = Frame(
        (
            Column("time", "time", days),
            *(Column(name, "number", [1] * 5) for name in ("positive", "neutral", "negative")),
        )
    )
    area = options("home", "sentiment-trend", answer, EN)["series"][0]
    values = [point["value"][1] for point in area["data"]]
    assert [value is None for value in values] == [False] * 4 + [True, False]


def test_words_of_notes_that_lie_close_together_are_said_once() -> None:
    start, hour = datetime(2026, 11, 24, tzinfo=UTC), timedelta(hours=1)
    answer = Frame(
        (
            Column("time", "time", [start + n * hour for n in range(240)]),
            Column("calls", "number", [1] * 240),
        )
    )
    gaps = [
        trend.Note(start + n * hour, start + (n + 2) * hour, "No data came", "#bf3f27")
        for n in (5, 9, 13, 150)
    ]
    [line] = options("system", "volume", answer, EN, gaps)["series"]
    labels = [begins["label"] for begins, _ in line["markArea"]["data"]]
    assert [label["show"] for label in labels] == [True, False, False, True]
    assert labels[0]["formatter"] == "No data came (+2)"
    assert labels[3]["formatter"] == "No data came"
    many = [trend.Note(gap.start + n * hour, gap.end, gap.text, gap.colour) for gap in gaps for n in range(5)]
    [line] = options("system", "volume", answer, EN, many)["series"]
    assert len(line["markArea"]["data"]) + len(line["markLine"]["data"]) == len(many), "none is left out"


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
    drawn = options("call", "timeline", answer, EN)
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
        "keywords-bubbles": frame(name=[evil], mentions=[1], change=[evil], shade=[1], value=[evil]),
        "pipeline": frame(stage=[evil], worth=[1.0], worth_text=[evil]),
    }
    for name, answer in answers.items():
        assert not [key for key in keys(options("home", name, answer, EN)) if ":" in key]


def test_a_trend_shows_what_happened_while_it_went_on() -> None:
    start, day = datetime(2026, 11, 24, tzinfo=UTC), timedelta(days=1)
    answer = Frame(
        (
            Column("time", "time", [start + n * day for n in range(5)]),
            Column("calls", "number", [1, 2, 3, 4, 5]),
        )
    )
    notes = [
        trend.Note(start + day, start + day, "Trackers changed: price", "#2f5d9b"),
        trend.Note(start + 2 * day, start + 3 * day, "No data came", "#bf3f27"),
        trend.Note(start - day, start - day, "before all this", "#2f5d9b"),
    ]
    [line] = options("system", "volume", answer, EN, notes)["series"]
    assert [mark["xAxis"] for mark in line["markLine"]["data"]] == ["2026-11-25T01:00:00"]
    [[begins, ends]] = line["markArea"]["data"]
    assert (begins["xAxis"], ends["xAxis"]) == ("2026-11-26T01:00:00", "2026-11-27T01:00:00")
    assert begins["label"]["formatter"] == "No data came"


def test_letters_are_larger_on_the_wall() -> None:
    answer = frame(said=["price (new)"], mentions=[3])
    wall = Locale("en", EN.zone, scale=1.5)
    drawn = options("wall", "keywords-few", answer, wall)
    assert drawn["yAxis"]["axisLabel"]["fontSize"] == 1.5 * 15
    assert drawn["series"][0]["data"][0]["value"] == 3
