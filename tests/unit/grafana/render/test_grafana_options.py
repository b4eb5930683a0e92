"""Options that Grafana's panels share."""

from __future__ import annotations

import colorsys

import pytest

from grafana import theme
from grafana.panels.columns import Column
from grafana.render.grafana_options import lightened

SLICES = (theme.POSITIVE, theme.NEUTRAL, theme.NEGATIVE)


def lightness(colour: str) -> float:
    return colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))[1]


@pytest.mark.parametrize("colour", SLICES)
def test_a_slice_that_grafana_darkens_has_the_colour_of_its_class(colour: str) -> None:
    """Across a slice it takes 10 to 20 percent of lightness away."""
    given = lightened(Column("positive", colour=colour)).colour
    assert given is not None
    drawn = lightness(given) - 0.20, lightness(given) - 0.10
    assert drawn[0] < lightness(colour) < drawn[1]
    assert drawn[0] > 0.1, "no black on black"


def test_a_slice_without_a_colour_stays_as_it_is() -> None:
    assert lightened(Column("other")) == Column("other")
