"""The pages as Grafana's dashboards, in both languages, and the text of the files that are committed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models import common, dashboard

from grafana.config import ALL_TIME, TIME_ZONE, Enough
from grafana.config import goals as recommended
from grafana.i18n import LANGUAGES, Language, uid
from grafana.pages.catalogue import PAGES
from grafana.pages.common import texts
from grafana.pages.common.panels import ANNOTATIONS, RANGES, SELLER, TEAM
from grafana.panels.pages import Annotation, Choice, Input, Page
from grafana.render.clickhouse_query import DATA_SOURCE, ClickHouseQuery, encoded
from grafana.render.grafana_charts import SPAN
from grafana.render.grafana_panels import panel
from grafana.render.grafana_wall import items_of
from grafana.sql import RANGE, Writer, view

TAG = "salgspuls"


class Company(NamedTuple):
    """What the queries of all dashboards know of the company: constants of each dashboard."""

    tz: str = TIME_ZONE
    fiscal_start: int = 1
    recording_url: str = ""
    goals: str = recommended()
    enough: Enough = Enough()

    @property
    def constants(self) -> dict[str, str]:
        """By the names that the queries have for them."""
        shared = {name: str(value) for name, value in self._asdict().items() if name != "enough"}
        return shared | {name: str(value) for name, value in self.enough._asdict().items()}


ANY_COMPANY = Company()


def dashboards(company: Company = ANY_COMPANY) -> Iterator[dashboard.Dashboard]:
    """Every page in every language."""
    for page in PAGES.values():
        for language in LANGUAGES:
            yield _dashboard(page, language, company)


def as_json(board: dashboard.Dashboard) -> str:
    """The text that is committed."""
    return json.dumps(board, cls=JSONEncoder, sort_keys=True, indent=2, ensure_ascii=False) + "\n"


def files(company: Company = ANY_COMPANY) -> dict[str, str]:
    """Name and text of each file; those of no company in particular are committed."""
    return {f"{board.uid}.json": as_json(board) for board in dashboards(company)}


def _dashboard(page: Page, language: Language, company: Company) -> dashboard.Dashboard:
    return dashboard.Dashboard(
        uid=uid(page.name, language),
        title=f"Salgspuls / {page.title.of(language)}",
        description=page.description.of(language),
        tags=[TAG, f"{TAG}-{language}"],
        timezone=company.tz,
        week_start="monday",
        editable=False,
        graph_tooltip=dashboard.DashboardCursorSync.CROSSHAIR,
        refresh=f"{page.refresh}s",
        time=dashboard.DashboardDashboardTime(from_val=ALL_TIME, to="now"),
        timepicker=dashboard.TimePickerConfig(
            refresh_intervals=["5s", "10s", "30s", "1m", "5m"],
            quick_ranges=[
                dashboard.TimeOption(display=name.of(language), from_val=start, to="now")
                for name, start in RANGES
            ],
        ),
        panels=[panel(placed, language, page.wall) for placed in items_of(page)],
        templating=dashboard.DashboardDashboardTemplating(list_val=_variables(page, language, company)),
        annotations=dashboard.AnnotationContainer(
            list_val=[_annotation(annotation, language) for annotation in ANNOTATIONS]
        ),
        links=[_menu(page, language)],
    )


def _annotation(annotation: Annotation, language: Language) -> dashboard.AnnotationQuery:
    query = dashboard.AnnotationQuery(
        name=annotation.title.of(language),
        datasource=common.DataSourceRef(DATA_SOURCE, "${datasource}"),
        enable=True,
        hide=True,
        icon_color=annotation.colour,
        target=ClickHouseQuery(annotation.query.sql(Writer(language))),
    )
    query.placement = None  # type: ignore[assignment]  # as of the link above
    return query


def _menu(page: Page, language: Language) -> dashboard.DashboardLink:
    link = dashboard.DashboardLink(
        title=texts.PAGES.of(language),
        type_val=dashboard.DashboardLinkType.DASHBOARDS,
        tags=[f"{TAG}-{language}"],
        as_dropdown=True,
        include_vars=True,
        # the page of a call has the range of that call, which is no range to look at anything else in
        keep_time=page.name != "call",
    )
    link.placement = None  # type: ignore[assignment]  # the default hides it in a menu of Grafana 13
    return link


def _variables(page: Page, language: Language, company: Company) -> list[dashboard.VariableModel]:
    source = dashboard.VariableModel(
        type_val=dashboard.VariableType.DATASOURCE,
        name="datasource",
        label=texts.DATA_SOURCE.of(language),
        query=DATA_SOURCE,
        hide=dashboard.VariableHide.HIDE_VARIABLE,
    )
    variables = [
        source,
        *(_constant(name, value) for name, value in company.constants.items()),
        *(_choice(choice, language, hidden=not page.by_seller) for choice in (TEAM, SELLER)),
        *(_input(typed, language) for typed in page.inputs),
        *(_choice(choice, language, hidden=False) for choice in page.choices),
        _span(),
    ]
    for variable in variables:
        variable.auto = variable.auto_min = variable.auto_count = None  # which the SDK writes for every kind
    return variables


SPAN_QUERY = (
    "SELECT multiIf(all_time, concat(toString(dateDiff('day',\n"
    "        ifNull((SELECT minOrNull(hour) FROM salgspuls.seller_hours), range_from), range_to) + 1), 'd'),\n"
    "    range_from = toDateTime(toStartOfMonth(range_to, '${tz}'), '${tz}'), '0d/M',\n"
    "    concat(toString(dateDiff('second', range_from, range_to)), 's')) AS value\n"
    f"FROM {view('range', RANGE)}"
)


def _span() -> dashboard.VariableModel:
    """How far the axis of a time series reaches back from now, in Grafana's words.

    "All time" asks for 50 years, of which those before the first call would leave no room for the rest; deals may be
    much older. Grafana leaves it aside when a range is absolute.
    """
    return dashboard.VariableModel(
        type_val=dashboard.VariableType.QUERY,
        name=SPAN,
        query=_asked(SPAN, SPAN_QUERY),
        datasource=common.DataSourceRef(DATA_SOURCE, "${datasource}"),
        current=dashboard.VariableOption(text="", value="", selected=True),
        refresh=dashboard.VariableRefresh.ON_TIME_RANGE_CHANGED,
        skip_url_sync=True,
        hide=dashboard.VariableHide.HIDE_VARIABLE,
    )


def _asked(name: str, sql: str) -> dict[str, object]:
    return {"refId": name, "queryType": "sql", "editorType": "sql", "rawSql": encoded(sql)}


def _constant(name: str, value: str) -> dashboard.VariableModel:
    option = dashboard.VariableOption(text=value, value=value, selected=True)
    return dashboard.VariableModel(
        type_val=dashboard.VariableType.CONSTANT,
        name=name,
        query=value,
        current=option,
        options=[option],
        hide=dashboard.VariableHide.HIDE_VARIABLE,
    )


def _input(typed: Input, language: Language) -> dashboard.VariableModel:
    empty = dashboard.VariableOption(text="", value="", selected=True)
    return dashboard.VariableModel(
        type_val=dashboard.VariableType.TEXTBOX,
        name=typed.name,
        label=typed.label.of(language),
        query="",
        current=empty,
        options=[empty],
    )


EVERYBODY = "''"
"""What "All" of a choice is in a query: a list that holds the empty name is everybody, also who has no name yet."""


def _choice(choice: Choice, language: Language, hidden: bool) -> dashboard.VariableModel:
    return dashboard.VariableModel(
        type_val=dashboard.VariableType.QUERY,
        name=choice.name,
        label=choice.label.of(language),
        query=_asked(choice.name, choice.query.sql(Writer(language))),
        datasource=common.DataSourceRef(DATA_SOURCE, "${datasource}"),
        current=dashboard.VariableOption(text=texts.ALL.of(language), value="$__all", selected=True),
        multi=True,
        include_all=True,
        all_value=EVERYBODY,
        refresh=dashboard.VariableRefresh.ON_DASHBOARD_LOAD,
        hide=dashboard.VariableHide.HIDE_VARIABLE if hidden else dashboard.VariableHide.DONT_HIDE,
    )
