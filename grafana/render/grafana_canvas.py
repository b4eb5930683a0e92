"""What every panel of Grafana's has, whatever it draws: its place, title, definition, query, empty text, links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any  # Any: JSON

from grafana_foundation_sdk.models import common, dashboard

from grafana.i18n import Language, Text
from grafana.pages.common import texts
from grafana.panels.columns import Column
from grafana.panels.pages import At
from grafana.panels.panels import Charted, Panel
from grafana.render import grafana_options as parts
from grafana.render.clickhouse_query import DATA_SOURCE, ClickHouseQuery, QueryType
from grafana.render.grafana_columns import address, override_of, panel_id
from grafana.sql import Writer

GRAFANA = "13.2.2"
"""Whose panels these are. Without it Grafana takes bubble charts for old ones, and converts them to nothing."""


class Canvas:
    """Draws in one language; on a `wall` with larger letters."""

    def __init__(self, language: Language, wall: bool) -> None:
        self.language = language
        self.writer = Writer(language)
        self.wall = wall

    def of(self, text: Text) -> str:
        """A text in the language."""
        return text.of(self.language)

    def panel(
        self,
        kind: str,
        item: Panel,
        at: At,
        options: object,
        *,
        custom: object | None = None,
        colour: str | None = None,
        bounds: tuple[float | None, float | None] = (None, None),
        query_type: QueryType = "table",
        transformations: Sequence[dashboard.DataTransformerConfig] = (),
        unknown: str | None = None,
        sql: str | None = None,
        target: str | None = None,
        columns: Sequence[Column] | None = None,
        unreadable: Text = texts.UNREADABLE,
    ) -> dashboard.Panel:
        """A panel of Grafana's kind `kind`, with what differs from the others of that kind.

        `sql` is asked instead of the item's query and answers with a row whatever there is, so that an empty answer
        means that none could be had (`unreadable`); `target` is asked instead and may be empty. `columns` are those
        that are drawn, where they are not the item's.
        """
        fixed = (
            dashboard.FieldColor(mode=dashboard.FieldColorModeId.FIXED, fixed_color=colour)
            if colour
            else None
        )
        if columns is None:
            columns = item.columns if isinstance(item, Charted) else ()
        empty = unreadable if sql is not None else item.empty.then(texts.OR_UNREADABLE)
        leads = self.leads(item) if kind == "stat" else None
        return dashboard.Panel(
            type_val=kind,
            plugin_version=GRAFANA,
            id_val=panel_id(item.name),
            title=self.of(item.title),
            description=self.of(item.definition),
            grid_pos=parts.grid(at),
            datasource=common.DataSourceRef(DATA_SOURCE, "${datasource}"),
            targets=[ClickHouseQuery(sql or target or item.query.sql(self.writer), query_type)],
            transformations=list(transformations) or None,
            links=None if leads else self.leads(item),
            options=options,
            field_config=dashboard.FieldConfigSource(
                defaults=dashboard.FieldConfig(
                    no_value=self.of(empty),
                    custom=custom,
                    color=fixed,
                    links=leads,
                    min_val=bounds[0],
                    max_val=bounds[1],
                ),
                overrides=[override_of(column, self.language, unknown) for column in columns],
            ),
        )

    def leads(self, item: Panel) -> list[Any] | None:
        """Where a panel leads: of a number, a click on it; of a chart, an entry at its title."""
        if item.link is None or self.wall:
            return None
        return [{"title": self.of(item.link.title), "url": address(item.link, self.language)}]
