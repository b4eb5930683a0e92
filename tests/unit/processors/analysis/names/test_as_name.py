"""Names that are everyday words: where they are meant, and where they are just words."""

import pytest

from processors.analysis.names.as_name import is_common_word
from processors.analysis.trackers import Tracker, TrackerIndex
from streams.trackers.model import TrackerForm

NAMES = ("Monday", "Close", "Front", "Drift", "Square", "Chase", "HubSpot")
INDEX = TrackerIndex([Tracker(name.lower(), name, "competitor") for name in NAMES])


def said(text: str, language: str, index: TrackerIndex = INDEX) -> list[str]:
    return [mention.tracker_id for mention in index.find(text, language, "customer")]


@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [
        ("Vi har også snakket med Square og Monday og Apple", "da", ["square", "monday"]),
        ("We compared it with Close and Front and Drift", "en", ["close", "front", "drift"]),
        ("I spoke to Mark at Salesforce and to Chase", "en", ["chase"]),
        ("we use close for our crm", "en", ["close"]),
        ("we switched from front to zendesk", "en", ["front"]),
        ("we are moving to close or pipedrive", "en", ["close"]),
        ("the competitor is called front", "en", ["front"]),
        ("vi bruger monday i dag", "da", ["monday"]),
        ("vi overvejer drift og hubspot", "da", ["drift", "hubspot"]),
        ("Vi er glade for Front", "da", ["front"]),
        ("The price of Square is too high", "en", ["square"]),
    ],
)
def test_a_competitor_that_is_a_word_counts_where_it_is_a_name(
    text: str, language: str, meant: list[str]
) -> None:
    assert said(text, language) == meant


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Vi mødes på monday", "da"),
        ("Vi ses på Monday, siger han", "da"),
        ("Let's close this by Friday and drift back to pricing in front of the board", "en"),
        ("See you on Monday", "en"),
        ("monday works for me", "en"),
        ("we use close range sensors", "en"),
        ("front is where we sit", "en"),
        ("driften er nede", "da"),
        ("Let me chase that for you", "en"),
        ("Close to the office", "en"),
        ("it is a square room", "en"),
    ],
)
def test_a_word_is_no_competitor(text: str, language: str) -> None:
    assert said(text, language) == []


def test_whoever_edits_trackers_chooses() -> None:
    text = "we drift back to the price"
    as_word = TrackerIndex([Tracker("drift", "Drift", "competitor", only_as_name=False)])
    keyword = TrackerIndex([Tracker("drift", "drift", "keyword")])
    name_only = TrackerIndex([Tracker("dinero", "Dinero", "keyword", only_as_name=True)])

    assert said(text, "en", as_word) == said(text, "en", keyword) == ["drift"]
    assert said("dinero er penge på spansk", "da", name_only) == []
    assert said("vi bruger Dinero", "da", name_only) == ["dinero"]


def test_the_editor_is_told_of_everyday_words() -> None:
    assert all(map(is_common_word, ("Monday", "close", "Teams", "drift")))
    assert not any(map(is_common_word, ("HubSpot", "Contoso 360", "")))
    assert TrackerForm("Contoso", "competitor", aliases=("front",)).is_common_word
