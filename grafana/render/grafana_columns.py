"""Columns of an answer in Grafana's words: how each is written and coloured, and where its values lead."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from grafana_foundation_sdk.models import dashboard

from grafana import theme
from grafana.i18n import Language, Text, uid
from grafana.panels.columns import Column, Link, Unit, Value
from grafana.sql import NBSP

_UNITS: Mapping[Unit, Text] = {
    Unit.NUMBER: Text("none", "none"),
    Unit.SHARE: Text("percentunit", "percentunit"),
    Unit.PERCENT: Text("percent", "percent"),
    # always seconds: Grafana's own unit makes milliseconds of less than one; it sets a blank before a suffix itself
    Unit.SECONDS: Text("suffix:s", "suffix:s"),
    # always hours: Grafana's own unit makes days of 24
    Unit.HOURS: Text("suffix:h", "suffix:t"),
    Unit.MILLIONS: Text("suffix:m", "suffix:mio."),
    Unit.DAY: Text("time:D MMM YYYY", "time:DD.MM.YYYY"),
    Unit.MINUTE: Text("time:D MMM YYYY HH:mm", "time:DD.MM.YYYY HH:mm"),
    Unit.AXIS_DAY: Text("time:D MMM", "time:DD.MM."),
}
_CELLS: Mapping[str, dict[str, object]] = {
    "badge": {"type": "color-background", "mode": "basic"},
    "coloured": {"type": "color-text"},
    "bar": {"type": "gauge", "mode": "gradient", "valueDisplayMode": "text"},
    "bare_bar": {"type": "gauge", "mode": "gradient", "valueDisplayMode": "hidden"},
    "chips": {"type": "pill"},
    # whether it wraps is asked here by tables up to 12.2, and on the column by later ones
    "wrapped": {"type": "auto", "wrapText": True},
}
_AS_LETTERS = {
    theme.ACCENT: "blue",
    theme.POSITIVE: "green",
    theme.NEGATIVE: "dark-orange",
    theme.NEUTRAL: "text",
    theme.TEAM: "text",
    theme.INK: "text",
}
"""Grounds of white letters, as the letters themselves: Grafana's own, which it has for its dark and its light look."""
_BARS = ("bar", "bare_bar")
NAMELESS = Text(NBSP, NBSP)
"""The heading of a column without one: of an empty one Grafana makes the name of the field."""


def panel_id(name: str) -> int:
    """Grafana knows panels by number: the checksum of the name, so that it stays whatever comes before it."""
    return zlib.crc32(name.encode()) % 1_000_000 + 1


def address(link: Link, language: Language, column: str = "") -> str:
    """Where a link of a column leads, in the words of Grafana's links."""

    def row(name: str, how: str = "") -> str:
        return f"${{__value.raw{how}}}" if name == column else f"${{__data.fields.{name}{how}}}"

    if link.outside:
        return row(link.outside)
    parts = [f"${{{name}:queryparam}}" for name in link.keep]
    sets = [f"var-{name}={row(of, ':percentencode')}" for name, of in link.sets.items()]
    sets += [f"var-{name}={value}" for name, value in link.fixed.items()]
    if link.during is not None:
        parts = [*parts, *sets, f"from={link.during[0]}", f"to={link.during[1]}"]
    elif link.span is None:
        parts = ["${__url_time_range}", *parts, *sets]
    else:
        first, last = link.span
        parts = [*parts, *sets, f"from={row(first)}", f"to={row(last) if last else 'now'}"]
    if link.panel is not None:
        parts.append(f"viewPanel={panel_id(link.panel)}")
    return f"/d/{uid(link.page, language)}?" + "&".join(parts)


def _of_letters(column: Column) -> Column:
    """A column whose text is coloured, in colours that are read on Grafana's grounds."""
    values = {
        raw: replace(value, colour=_AS_LETTERS.get(value.colour, value.colour) if value.colour else None)
        for raw, value in column.values.items()
    }
    # of what has none Grafana makes green
    plain = None if column.steps else "text"
    colour = _AS_LETTERS.get(column.colour, column.colour) if column.colour else plain
    return replace(column, values=values, colour=colour)


def override_of(
    column: Column, language: Language, unknown: str | None
) -> dashboard.DashboardFieldConfigSourceOverrides:
    if column.cell == "coloured":
        column = _of_letters(column)
    properties: list[tuple[str, object]] = []
    if column.title is not None:
        properties.append(("displayName", column.title.of(language)))
    if column.unit is not None:
        properties.append(("unit", _UNITS[column.unit].of(language)))
    if column.decimals is not None:
        properties.append(("decimals", column.decimals))
    if column.maximum is not None:
        properties += [("min", column.minimum), ("max", column.maximum)]
    elif column.cell in _BARS:
        properties.append(("min", 0))  # else the least of them is drawn as nothing
    if column.colour is not None:
        properties.append(("color", {"mode": "fixed", "fixedColor": column.colour}))
    if column.values:
        properties.append(("mappings", [_value_map(column.values, language)]))
    if column.steps:
        steps = [{"value": value, "color": colour} for value, colour in column.steps]
        properties += [
            ("thresholds", {"mode": "absolute", "steps": steps}),
            ("color", {"mode": "thresholds"}),
        ]
    if column.cell != "text":
        properties.append(("custom.cellOptions", _CELLS[column.cell]))
    if column.cell in ("wrapped", "chips"):
        properties.append(("custom.wrapText", True))
    if column.width is not None:
        properties.append(("custom.width", column.width))
    if column.link is not None:
        url = address(column.link, language, column.name)
        properties.append(("links", [{"title": column.link.title.of(language), "url": url}]))
    if unknown is not None:
        properties.append(("noValue", unknown))
    if column.reference:
        properties += [("custom.fillOpacity", 0), ("custom.lineWidth", 2)]
    if column.hidden:
        properties.append(("custom.hideFrom", {"viz": True, "legend": True, "tooltip": True}))
        properties.append(("custom.hidden", True))  # tables up to 12.2 know this one alone
    return override(column.name, properties)


def _value_map(values: Mapping[str, Value], language: Language) -> dict[str, object]:
    options = {
        raw: {"text": value.text.of(language), "index": index}
        | ({"color": value.colour} if value.colour else {})
        for index, (raw, value) in enumerate(_with_booleans(values).items())
    }
    return {"type": "value", "options": options}


def _with_booleans(values: Mapping[str, Value]) -> dict[str, Value]:
    """ClickHouse's Bool comes to Grafana as true and false, its numbers as 1 and 0."""
    flags = {"1": "true", "0": "false"}
    return {**values, **{flags[raw]: value for raw, value in values.items() if raw in flags}}


def override(
    name: str, properties: Sequence[tuple[str, object]]
) -> dashboard.DashboardFieldConfigSourceOverrides:
    return dashboard.DashboardFieldConfigSourceOverrides(
        matcher=dashboard.MatcherConfig("byName", name),
        properties=[dashboard.DynamicConfigValue(key, value) for key, value in properties],
    )
