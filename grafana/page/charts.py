"""Charts: a panel and its answer as options of ECharts. Pure."""

from __future__ import annotations

from typing import Any

from grafana.page.board import Panel
from grafana.page.cells import Locale
from grafana.page.queries import Frame

KINDS: frozenset[str] = frozenset()


def options(panel: Panel, frame: Frame, locale: Locale) -> dict[str, Any]:
    """The chart of a panel."""
    raise KeyError(panel.kind)
