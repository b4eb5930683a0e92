"""What all charts share: how large they are, their letters, colours, tooltips, legends, and numbers in the browser."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple  # Any: ECharts' options

from grafana import theme
from grafana.i18n import Language
from grafana.panels.columns import Column
from grafana.panels.pages import At
from grafana.panels.panels import Charted
from grafana.web import cells, frames
from grafana.web.cells import Locale, visible_columns
from grafana.web.frames import Frame

Options = dict[str, Any]

FONT = 'Roboto, "Segoe UI", Arial, sans-serif'
COLUMN_PIXELS = 58
"""Width of a column of the page's grid on a desk, with its gap."""
ROW_PIXELS = 38
"""Height of a row of the page's grid, with its gap."""
FRAME_PIXELS = 30
"""What a panel's own frame takes of its width."""
HEAD_PIXELS = 50
"""What a panel's frame and title take of its height."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where a chart is drawn, and for whom."""

    locale: Locale
    at: At

    @property
    def language(self) -> Language:
        """The viewer's language."""
        return self.locale.language

    @property
    def width(self) -> int:
        """Pixels, on a desk."""
        return self.at.w * COLUMN_PIXELS - FRAME_PIXELS

    @property
    def height(self) -> int:
        """Pixels."""
        return self.at.h * ROW_PIXELS - HEAD_PIXELS

    def title(self, column: Column) -> str:
        """What a column is called."""
        return cells.title(column, self.language)

    def show(self, value: object, column: Column) -> str:
        """A value as the viewer reads it."""
        return cells.show(value, column, self.locale)


class Series(NamedTuple):
    """A column of numbers that is drawn."""

    column: frames.Column
    settings: Column
    colour: str


def series(panel: Charted, frame: Frame, without: Sequence[str] = ()) -> list[Series]:
    """The columns of numbers that are drawn; those without a colour take one of the palette."""
    numeric = [
        (column, settings)
        for column, settings in visible_columns(panel, frame)
        if column.kind == "number" and column.name not in without
    ]
    return [
        Series(column, settings, settings.colour or theme.PALETTE[index % len(theme.PALETTE)])
        for index, (column, settings) in enumerate(numeric)
    ]


def tooltip(trigger: str) -> Options:
    """A tooltip that is text."""
    return {
        "trigger": trigger,
        "renderMode": "richText",
        "confine": True,
        "textStyle": {"fontSize": 13, "color": theme.INK},
    }


def legend(shown: bool) -> Options:
    """A legend below the chart."""
    return {
        "show": shown,
        "bottom": 0,
        "icon": "roundRect",
        "itemHeight": 10,
        "textStyle": {"fontSize": 13, "color": theme.INK},
    }


def number_script(language: Language, suffix: str, decimals: int) -> str:
    """JavaScript that writes a number as the language does; it holds words of the pages only."""
    digits = f"{{maximumFractionDigits: {decimals}}}"
    return f"value => (value ?? '–').toLocaleString('{language}', {digits}) + {json.dumps(suffix)}"


_LETTERS = frozenset({"fontSize", "lineHeight", "itemHeight", "itemGap", "barMaxWidth"})


def enlarged(part: Any, scale: float) -> Any:
    """The options with letters so many times as large."""
    if isinstance(part, dict):
        return {
            key: value * scale
            if key in _LETTERS and isinstance(value, int | float)
            else enlarged(value, scale)
            for key, value in part.items()
        }
    return [enlarged(item, scale) for item in part] if isinstance(part, list) else part
