"""What goes between the page and whoever may change trackers."""

from __future__ import annotations

from grafana.i18n import Text
from grafana.web.editor import EditError, TrackerForm


def test_an_error_is_said_in_the_languages_of_the_page() -> None:
    error = EditError(Text("{name} is not there", "{name} er der ikke"), name="{Contoso}")
    assert str(error) == error.said.of("en") == "{Contoso} is not there"
    assert error.said.of("da") == "{Contoso} er der ikke"


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
    }
    assert TrackerForm.of(row) == TrackerForm(
        "Contoso", "competitor", aliases=("contoso 360",), side="customer", word_forms=False
    )
