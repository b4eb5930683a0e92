"""An insight: headline sentence, chart, why it matters, Show details; read from above."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grafana_foundation_sdk.models import dashboard

from grafana.dashboards.catalogue import common as words
from grafana.dashboards.panels import At, Words, headline_panel, text_panel
from grafana.i18n import Language, Text

HEADLINE_HEIGHT = 3
WHY_HEIGHT = 2

Chart = Callable[[int, At], dashboard.Panel]
"""Builds a chart's panel with an id at a place."""


@dataclass(frozen=True, slots=True)
class Insight:
    """What an insight says; `headline` is the query whose `column` is its sentence, `charts` stand side by side
    with their widths."""

    title: Text
    definition: Text
    empty: Text
    headline: str
    why: Text
    charts: Sequence[tuple[int, Chart]]
    details: str | None
    column: str = "value"


def insight(
    first_id: int, at: At, said: Insight, language: Language, details: bool = True
) -> list[dashboard.Panel]:
    """The panels of an insight, numbered from `first_id`, in a rectangle; without `details` where they are shown."""
    head = Words(said.title.of(language), said.definition.of(language), said.empty.of(language))
    height = HEADLINE_HEIGHT if said.charts else at.h - WHY_HEIGHT
    panels = [headline_panel(first_id, At(at.x, at.y, at.w, height), head, said.headline, said.column)]
    x = at.x
    for index, (width, chart) in enumerate(said.charts, start=1):
        place = At(x, at.y + HEADLINE_HEIGHT, width, at.h - HEADLINE_HEIGHT - WHY_HEIGHT)
        panels.append(chart(first_id + index, place))
        x += width
    why = said.why.of(language)
    if details and said.details is not None:
        why = f"{why} [{words.SHOW_DETAILS.of(language)}]({said.details})"
    panels.append(text_panel(first_id + 9, At(at.x, at.y + at.h - WHY_HEIGHT, at.w, WHY_HEIGHT), "", why))
    return panels
