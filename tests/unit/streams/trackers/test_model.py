"""What views and the tracker service share."""

from __future__ import annotations

from typing import get_args

import pytest

from grafana.i18n import Language
from grafana.web import words
from grafana.web.tracker_form import describe
from streams.trackers.model import AlreadyTrackedError, TrackerError, TrackerForm


def test_an_error_reads_in_the_language_of_the_page() -> None:
    error = AlreadyTrackedError(name="{Contoso}")
    assert str(error) == "{Contoso} is already tracked: change that tracker instead."
    assert describe(error, "da") == "{Contoso} spores allerede: vælg det under »Hvilket« for at rette det."


@pytest.mark.parametrize("kind", TrackerError.__subclasses__())
def test_the_page_has_words_for_every_error(kind: type[TrackerError]) -> None:
    error = kind(name="Contoso", reason="Kafka is away", tracker_id="contoso", seller_id="s1")
    for language in get_args(Language):
        assert describe(error, language) == words.TRACKER_ERRORS[kind].of(language).format(**error.values)


def test_the_form_of_a_row_knows_any_from_empty() -> None:
    row = {
        "tracker_id": "contoso",
        "name": "Contoso",
        "kind": "competitor",
        "aliases": ["contoso 360"],
        "language": "",
        "side": "customer",
        "word_forms": 0,
        "compounds": 1,
        "only_as_name": None,
    }
    assert TrackerForm.of(row) == TrackerForm(
        "Contoso", "competitor", aliases=("contoso 360",), side="customer", word_forms=False
    )
