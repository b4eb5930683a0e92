"""What a viewer has chosen is in the address, and goes along with every link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest

from grafana.i18n import Language, same
from grafana.macros import ALL
from grafana.pages.catalogue import PAGES
from grafana.pages.common.panels import TO_CALL
from grafana.panels.columns import Link
from grafana.web.ranges import RangeError, RawRange
from grafana.web.viewer import Viewer


def viewer(page: str, language: Language = "en", **parameters: Sequence[str]) -> Viewer:
    named: Mapping[str, Sequence[str]] = {
        name.replace("var_", "var-").rstrip("_"): values for name, values in parameters.items()
    }
    fixed = {"tz": "Europe/Copenhagen", "fiscal_start": "7"}
    return Viewer(PAGES[page], language, ZoneInfo("Europe/Copenhagen"), fixed, named)


def query(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def test_a_page_opens_with_everybody_and_all_time() -> None:
    seen = viewer("home")
    assert seen.range == RawRange("now-50y", "now")
    assert seen.variables["team"].values == (ALL,)
    assert seen.chosen("team") == []
    assert seen.address() == "/d/salgspuls-home?from=now-50y&to=now"


def test_what_is_chosen_is_in_the_address_of_every_page() -> None:
    seen = viewer("home", from_=["now-7d"], to=["now"], var_team=["Nord", "Øst & Vest"])
    for page in (None, PAGES["team"], PAGES["system"], PAGES["call"]):
        address = seen.address(page)
        assert query(address) == {"from": ["now-7d"], "to": ["now"], "var-team": ["Nord", "Øst & Vest"]}
    assert seen.address(language="da").startswith("/d/salgspuls-home-da?")
    seen.choose("team", [])
    assert "var-team" not in seen.address()
    assert seen.variables["team"].values == (ALL,)


def test_chosen_kinds_of_calls_survive_the_page_of_a_call_and_stay_with_numbers_of_those_calls() -> None:
    seen = viewer("team", var_kind=["complaint"], var_language=["da"])
    chosen = {"var-kind": ["complaint"], "var-language": ["da"]}
    call = seen.follow(TO_CALL, {"call_id": "c1", "from_ms": 1, "to_ms": 2})
    assert chosen.items() <= query(call).items()
    there = viewer("call", var_kind=query(call)["var-kind"], var_language=query(call)["var-language"])
    assert chosen.items() <= query(there.address(PAGES["seller"])).items()
    [positive, *_] = (column.link for column in PAGES["team"].panel("sentiment-donut").columns)  # type: ignore[attr-defined] # a donut
    assert chosen.items() <= query(seen.follow(positive, {})).items()
    assert "var-kind" not in query(seen.address(PAGES["home"])), "home is about all calls"
    [positive, *_] = (column.link for column in PAGES["home"].panel("sentiment-donut").columns)  # type: ignore[attr-defined] # a donut
    assert "var-kind" not in query(seen.follow(positive, {}))


def test_range_and_team_survive_the_page_of_a_call_and_the_way_back() -> None:
    seen = viewer("sentiment", from_=["now-7d"], to=["now"], var_team=["Nord"])
    row = {"call_id": "a/b c", "from_ms": 1, "to_ms": 2}
    address = seen.follow(TO_CALL, row)
    assert query(address) == {
        "from": ["now-7d"],
        "to": ["now"],
        "var-team": ["Nord"],
        "var-call_id": ["a/b c"],
    }
    call = viewer("call", var_team=query(address)["var-team"])
    assert call.chosen("team") == ["Nord"]
    assert query(call.address(PAGES["home"]))["var-team"] == ["Nord"]


def test_a_link_to_a_panel_says_which() -> None:
    link = Link(same("See"), "deals", panel="open-deals")
    assert viewer("home", "da").follow(link, {}).startswith("/d/salgspuls-deals-da?from=")
    assert viewer("home").follow(link, {}).endswith("#panel-open-deals")


def test_a_query_has_the_viewers_values_and_language() -> None:
    seen = viewer("home", "da", var_team=["Nord's"])
    assert seen.sql("SELECT ${team:singlequote}, ${fiscal_start}") == "SELECT 'Nord\\'s', 7"
    assert "Endnu ingen salgsmulighed" in seen.sql(PAGES["home"].panel("target").query)


def test_a_range_that_cannot_be_is_refused_and_nothing_is_changed() -> None:
    seen = viewer("home")
    with pytest.raises(RangeError):
        seen.choose_range(RawRange("now", "now-7d"))
    assert seen.range == RawRange("now-50y", "now")


@pytest.mark.parametrize(
    ("start", "seconds"), [("now-1h", 5), ("now-24h", 60), ("now-7d", 300), ("now-50y", 900)]
)
def test_a_range_that_ends_now_ends_on_the_next_round_time(start: str, seconds: int) -> None:
    seen = viewer("home", from_=[start], to=["now"]).time_range()
    ahead = (seen.end - datetime.now(UTC)).total_seconds()
    assert -1 <= ahead <= seconds
    assert seen.end.timestamp() % seconds == 0
    if start != "now-50y":
        exact = RawRange(start, "now").resolve(datetime.now(UTC), ZoneInfo("Europe/Copenhagen"))
        assert seen.span == exact.span, "the range keeps its length"


def test_a_range_that_ends_at_a_time_keeps_it() -> None:
    seen = viewer("home", from_=["2026-11-01"], to=["2026-11-02T12:31:07"]).time_range()
    assert (seen.end.minute, seen.end.second) == (31, 7)


@pytest.mark.parametrize(
    ("said", "followed"),
    [
        ("https://calls.example.com/7#t=12", "https://calls.example.com/7#t=12"),
        ("http://calls.example.com/7", "http://calls.example.com/7"),
        ("javascript:alert(1)", ""),
        (" javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//calls.example.com/7", ""),
        (None, ""),
    ],
)
def test_a_link_to_another_site_is_one_of_the_web(said: str | None, followed: str) -> None:
    link = Link(same("Play"), "", outside="recording_url")
    assert viewer("call").follow(link, {"recording_url": said}) == followed


@pytest.mark.parametrize(
    ("parameters", "common"),
    [
        ({}, True),
        ({"from_": ["now-7d"], "to": ["now"]}, True),
        ({"from_": ["now-8d"], "to": ["now"]}, False),
        ({"var_team": ["Nord"]}, False),
        ({"during": ["now-7d..now"]}, True),
        ({"during": ["now-8d..now"]}, False),
    ],
)
def test_only_what_anybody_might_open_is_asked_ahead(
    parameters: Mapping[str, Sequence[str]], common: bool
) -> None:
    assert viewer("home", "en", **parameters).is_common is common
    assert not viewer("search", var_words=["price"]).is_common
