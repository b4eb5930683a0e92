"""A committed dashboard as the page reads it: panels, columns' settings, variables and links, from Grafana's JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from grafana.web.ranges import RawRange

Json = Mapping[str, Any]


class Place(NamedTuple):
    """Column, row, width and height in the grid of 24 columns."""

    x: int
    y: int
    w: int
    h: int

    @property
    def style(self) -> str:
        """The same as CSS."""
        return f"grid-column: {self.x + 1} / span {self.w}; grid-row: {self.y + 1} / span {self.h}"

    def holds(self, other: Place) -> bool:
        """Whether another rectangle lies in this one."""
        across = self.x <= other.x and other.x + other.w <= self.x + self.w
        return across and self.y <= other.y and other.y + other.h <= self.y + self.h


@dataclass(frozen=True)
class Panel:
    """One panel; `raw` is its JSON."""

    raw: Json

    @property
    def id(self) -> int:
        return int(self.raw["id"])

    @property
    def kind(self) -> str:
        return str(self.raw["type"])

    @property
    def title(self) -> str:
        return str(self.raw.get("title", ""))

    @property
    def description(self) -> str:
        return str(self.raw.get("description", ""))

    @property
    def role(self) -> str:
        """The part that a panel plays in an insight: its headline, or why it matters."""
        if self.kind == "stat" and self.options.get("textMode") == "value":
            return "panel-headline"
        return "panel-why" if self.kind == "text" else ""

    @property
    def value_column(self) -> str:
        """The column of a single number or sentence."""
        fields = str((self.options.get("reduceOptions") or {}).get("fields") or "")
        named = re.fullmatch(r"/\^(\w+)\$/", fields)
        return named[1] if named else "value"

    @property
    def transformations(self) -> list[Json]:
        return list(self.raw.get("transformations") or [])

    @property
    def place(self) -> Place:
        grid = self.raw["gridPos"]
        return Place(int(grid["x"]), int(grid["y"]), int(grid["w"]), int(grid["h"]))

    @property
    def options(self) -> Json:
        options: Json = self.raw.get("options") or {}
        return options

    @property
    def queries(self) -> list[str]:
        return [str(target["rawSql"]) for target in self.raw.get("targets", [])]

    @property
    def links(self) -> list[Json]:
        return list(self.raw.get("links") or [])

    @property
    def empty_text(self) -> str:
        return str(self._defaults.get("noValue", ""))

    @property
    def _defaults(self) -> Json:
        defaults: Json = (self.raw.get("fieldConfig") or {}).get("defaults") or {}
        return defaults

    @cached_property
    def _overrides(self) -> list[Json]:
        return list((self.raw.get("fieldConfig") or {}).get("overrides") or [])

    def field(self, name: str) -> FieldSettings:
        """The settings of a column: the panel's defaults with the overrides that match its name."""
        settings = dict(self._defaults)
        custom = dict(settings.get("custom") or {})
        for override in self._overrides:
            if not _matches(override["matcher"], name):
                continue
            for item in override["properties"]:
                if item["id"].startswith("custom."):
                    custom[item["id"].removeprefix("custom.")] = item.get("value")
                else:
                    settings[item["id"]] = item.get("value")
        return FieldSettings(name, settings, custom)


def _matches(matcher: Json, name: str) -> bool:
    return bool(matcher["id"] == "byName" and matcher["options"] == name)


@dataclass(frozen=True, slots=True)
class FieldSettings:
    """How one column is shown."""

    name: str
    settings: Json
    custom: Json

    @property
    def title(self) -> str:
        return str(self.settings.get("displayName") or self.name)

    @property
    def unit(self) -> str:
        return str(self.settings.get("unit") or "")

    @property
    def decimals(self) -> int | None:
        decimals = self.settings.get("decimals")
        return None if decimals is None else int(decimals)

    @property
    def hidden(self) -> bool:
        return bool(self.custom.get("hidden"))

    @property
    def links(self) -> list[Json]:
        return list(self.settings.get("links") or [])

    @property
    def maximum(self) -> float | None:
        maximum = self.settings.get("max")
        return None if maximum is None else float(maximum)

    @property
    def minimum(self) -> float | None:
        minimum = self.settings.get("min")
        return None if minimum is None else float(minimum)

    @property
    def cell(self) -> str:
        options: Json = self.custom.get("cellOptions") or {}
        return str(options.get("type", "auto"))

    @property
    def wraps(self) -> bool:
        options: Json = self.custom.get("cellOptions") or {}
        return bool(options.get("wrapText"))

    @property
    def fixed_colour(self) -> str | None:
        colour: Json = self.settings.get("color") or {}
        return str(colour["fixedColor"]) if colour.get("mode") == "fixed" else None

    def mapped(self, value: object) -> Json | None:
        """Words and colour of a value that has a mapping."""
        for mapping in self.settings.get("mappings") or []:
            if mapping["type"] == "value" and str(value) in mapping["options"]:
                found: Json = mapping["options"][str(value)]
                return found
        return None

    def colour(self, value: object) -> str | None:
        """The colour of a value: its mapping's, else its threshold's, else the column's."""
        mapped = self.mapped(value)
        if mapped and mapped.get("color"):
            return str(mapped["color"])
        mode = (self.settings.get("color") or {}).get("mode")
        steps = (self.settings.get("thresholds") or {}).get("steps") or []
        if mode == "thresholds" and isinstance(value, int | float):
            reached = [step for step in steps if step.get("value") is None or value >= step["value"]]
            return str(reached[-1]["color"]) if reached else None
        return self.fixed_colour


@dataclass(frozen=True)
class BoardVariable:
    """A variable as the dashboard defines it."""

    raw: Json

    @property
    def name(self) -> str:
        return str(self.raw["name"])

    @property
    def kind(self) -> str:
        return str(self.raw["type"])

    @property
    def label(self) -> str:
        return str(self.raw.get("label") or self.name)

    @property
    def visible(self) -> bool:
        return self.raw.get("hide", 0) != 2 and self.kind in ("query", "textbox", "custom")

    @property
    def multi(self) -> bool:
        return bool(self.raw.get("multi"))

    @property
    def include_all(self) -> bool:
        return bool(self.raw.get("includeAll"))

    @property
    def all_value(self) -> str | None:
        return self.raw.get("allValue")

    @property
    def all_label(self) -> str:
        return str((self.raw.get("current") or {}).get("text", ""))

    @property
    def query(self) -> str:
        query = self.raw.get("query") or ""
        return str(query["rawSql"]) if isinstance(query, Mapping) else str(query)

    @property
    def default(self) -> tuple[str, ...]:
        value = (self.raw.get("current") or {}).get("value", "")
        return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


@dataclass(frozen=True)
class Board:
    """A dashboard."""

    raw: Json

    @property
    def uid(self) -> str:
        return str(self.raw["uid"])

    @property
    def title(self) -> str:
        return str(self.raw["title"])

    @property
    def page(self) -> str:
        """The name of the page, the same in both languages: `home`, `call`."""
        return self.uid.removeprefix("salgspuls-").removesuffix("-da")

    @property
    def short_title(self) -> str:
        return self.title.rpartition(" / ")[2]

    @property
    def language(self) -> str:
        return "da" if self.uid.endswith("-da") else "en"

    @property
    def reachable(self) -> bool:
        """Whether the page makes sense without a chosen call or seller: its text boxes have a value."""
        return all(variable.default != ("",) for variable in self.variables if variable.kind == "textbox")

    @property
    def tags(self) -> list[str]:
        return list(self.raw.get("tags") or [])

    @cached_property
    def panels(self) -> list[Panel]:
        return [Panel(raw) for raw in self.raw["panels"]]

    @cached_property
    def variables(self) -> list[BoardVariable]:
        return [BoardVariable(raw) for raw in self.raw["templating"]["list"]]

    @property
    def annotations(self) -> list[Json]:
        """What trends have to be read with: queries for `time`, `timeEnd` and `text`, each with its colour."""
        return [item for item in self.raw["annotations"]["list"] if item.get("target")]

    @property
    def default_range(self) -> RawRange:
        return RawRange(self.raw["time"]["from"], self.raw["time"]["to"])

    @property
    def quick_ranges(self) -> list[tuple[str, RawRange]]:
        return [
            (item["display"], RawRange(item["from"], item["to"]))
            for item in self.raw["timepicker"].get("quick_ranges") or []
        ]

    @cached_property
    def cards(self) -> list[Place]:
        """The rectangle of each insight: from its headline down to why it matters."""
        feet = [panel.place for panel in self.panels if panel.role == "panel-why"]
        cards = []
        for head in (panel.place for panel in self.panels if panel.role == "panel-headline"):
            below = [foot for foot in feet if (foot.x, foot.w) == (head.x, head.w) and foot.y > head.y]
            if below:
                foot = min(below, key=lambda place: place.y)
                cards.append(Place(head.x, head.y, head.w, foot.y + foot.h - head.y))
        return cards

    def in_card(self, panel: Panel) -> bool:
        """Whether a panel is part of an insight."""
        return any(card.holds(panel.place) for card in self.cards)

    @property
    def rows(self) -> int:
        """How many grid rows the panels fill."""
        return max((panel.place.y + panel.place.h for panel in self.panels), default=1)


def load(folder: Path) -> dict[str, Board]:
    """Every dashboard of a folder by its uid. Raises ValueError when the folder holds none."""
    boards = [Board(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))]
    if not boards:
        raise ValueError(f"no dashboards in {folder}: name the folder that holds the committed JSON")
    return {board.uid: board for board in boards}
