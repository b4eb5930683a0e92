"""Options of Grafana's panels that several kinds of them share."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any  # Any: JSON

from grafana_foundation_sdk.models import common, dashboard

from grafana.panels.columns import Column, Value
from grafana.panels.pages import At


def with_colours(shade: Column) -> dict[str, Value]:
    """Each value with the colour of its step: where there are mappings, Grafana's bubbles look at nothing else."""
    return {
        raw: replace(value, colour=value.colour or replace(shade, values={}).colour_of(float(raw)))
        for raw, value in shade.values.items()
    }


def lightened(column: Column) -> Column:
    """A slice in a colour of which Grafana makes the column's own: it draws slices 10 to 20 percent darker."""
    if column.colour is None:
        return column
    red, green, blue = (int(column.colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    lighter = colorsys.hls_to_rgb(hue, min(1, lightness + 0.15), saturation)
    return replace(column, colour="#" + "".join(f"{round(255 * part):02x}" for part in lighter))


def without(options: Any, *keys: str) -> dict[str, object]:
    """The SDK's options without keys that it always writes."""
    return {key: value for key, value in options.to_json().items() if key not in keys}


def kept(names: Sequence[str]) -> dashboard.DataTransformerConfig:
    return dashboard.DataTransformerConfig(
        id_val="filterFieldsByName", options={"include": {"names": list(names)}}
    )


def called_by_label() -> dashboard.DashboardFieldConfigSourceOverrides:
    """Each line that the plugin makes of a name is called by it."""
    return dashboard.DashboardFieldConfigSourceOverrides(
        matcher=dashboard.MatcherConfig("byType", "number"),
        properties=[dashboard.DynamicConfigValue("displayName", "${__field.labels.name}")],
    )


def line(share: bool, *, gaps: bool) -> dict[str, Any]:
    return {
        "draw_style": common.GraphDrawStyle.LINE,
        "line_interpolation": common.LineInterpolation.LINEAR,
        "line_width": 1 if share else 2,
        "fill_opacity": 80 if share else 0,
        "show_points": common.VisibilityMode.AUTO,
        "span_nulls": not gaps,
        "stacking": common.StackingConfig(
            mode=common.StackingMode.PERCENT if share else common.StackingMode.NONE, group="A"
        ),
    }


NOTE_AS_NAME = dashboard.DataTransformerConfig(
    id_val="rowsToFields",
    options={
        "mappings": [
            {"fieldName": "note", "handlerKey": "field.name"},
            {"fieldName": "value", "handlerKey": "field.value"},
        ]
    },
)


def legend(shown: bool) -> common.VizLegendOptions:
    return common.VizLegendOptions(
        show_legend=shown,
        display_mode=common.LegendDisplayMode.LIST,
        placement=common.LegendPlacement.BOTTOM,
        calcs=[],
    )


def grid(at: At) -> dashboard.GridPos:
    return dashboard.GridPos(h=at.h, w=at.w, x=at.x, y=at.y)
