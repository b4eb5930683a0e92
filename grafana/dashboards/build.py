"""Puts the pages together and writes them as Grafana's JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models import common, dashboard

from grafana.dashboards import calls, customers, deals, home, notes, sellers, settings
from grafana.dashboards.catalogue import calls as call_messages
from grafana.dashboards.catalogue import common as words
from grafana.dashboards.catalogue import customers as customer_messages
from grafana.dashboards.catalogue import deals as deal_messages
from grafana.dashboards.catalogue import home as home_messages
from grafana.dashboards.catalogue import sellers as seller_messages
from grafana.dashboards.catalogue import settings as setting_messages
from grafana.dashboards.panels import SPAN
from grafana.dashboards.query import DATA_SOURCE
from grafana.dashboards.sql import RANGE, view
from grafana.i18n import LANGUAGES, Language, Text, uid

TAG = "salgspuls"
TIME_ZONE = "Europe/Copenhagen"
ALL_TIME = "now-50y"


@dataclass(frozen=True, slots=True)
class Page:
    """One dashboard in both languages. `inputs` are text boxes of its own, by name and label; `by_seller`: whether team
    and seller can be chosen."""

    name: str
    title: Text
    description: Text
    panels: Callable[[Language], Sequence[dashboard.Panel | dashboard.RowPanel]]
    inputs: tuple[tuple[str, Text], ...] = ()
    by_seller: bool = True
    refresh: str = "10s"


PAGES = (
    Page("home", words.HOME, home_messages.DESCRIPTION, home.panels),
    Page("wall", home_messages.WALL, home_messages.DESCRIPTION, home.wall),
    Page(
        "sentiment",
        customer_messages.SENTIMENT,
        customer_messages.SENTIMENT_IS,
        customers.sentiment_page,
        refresh="30s",
    ),
    *(
        Page(kind.page, kind.title, kind.definition, partial(customers.mentioned_page, kind), refresh="30s")
        for kind in customers.KINDS
    ),
    Page(
        "best-practice",
        seller_messages.WORDS,
        seller_messages.WORDS_IS,
        sellers.best_practice_page,
        refresh="30s",
    ),
    Page("team", seller_messages.TEAM_PAGE, seller_messages.TEAM_PAGE_IS, sellers.team_page, refresh="30s"),
    Page(
        "seller",
        seller_messages.SELLER_PAGE,
        seller_messages.SELLER_PAGE_IS,
        sellers.seller_page,
        refresh="30s",
    ),
    Page("deals", deal_messages.PAGE, deal_messages.PAGE_IS, deals.page, refresh="30s"),
    Page(
        "call",
        call_messages.PAGE,
        call_messages.PAGE_IS,
        calls.page,
        inputs=(("call_id", call_messages.CALL_ID), ("search", call_messages.SEARCH)),
        by_seller=False,
    ),
    Page(
        "trackers",
        setting_messages.TRACKERS_PAGE,
        setting_messages.TRACKERS_PAGE_IS,
        settings.trackers_page,
        by_seller=False,
    ),
    Page(
        "system",
        setting_messages.SYSTEM_PAGE,
        setting_messages.SYSTEM_PAGE_IS,
        settings.system_page,
        by_seller=False,
    ),
)


def dashboards() -> Iterator[dashboard.Dashboard]:
    """Every page in every language."""
    for page in PAGES:
        for language in LANGUAGES:
            yield _dashboard(page, language)


def as_json(board: dashboard.Dashboard) -> str:
    """The text that is committed."""
    return json.dumps(board, cls=JSONEncoder, sort_keys=True, indent=2, ensure_ascii=False) + "\n"


def files() -> dict[str, str]:
    """Name and text of each committed file."""
    return {f"{board.uid}.json": as_json(board) for board in dashboards()}


def _dashboard(page: Page, language: Language) -> dashboard.Dashboard:
    return dashboard.Dashboard(
        uid=uid(page.name, language),
        title=f"Salgspuls / {page.title.of(language)}",
        description=page.description.of(language),
        tags=[TAG, f"{TAG}-{language}"],
        timezone=TIME_ZONE,
        week_start="monday",
        editable=False,
        graph_tooltip=dashboard.DashboardCursorSync.CROSSHAIR,
        refresh=page.refresh,
        time=dashboard.DashboardDashboardTime(from_val=ALL_TIME, to="now"),
        timepicker=dashboard.TimePickerConfig(
            refresh_intervals=["5s", "10s", "30s", "1m", "5m"], quick_ranges=_quick_ranges(language)
        ),
        panels=list(page.panels(language)),
        templating=dashboard.DashboardDashboardTemplating(list_val=_variables(page, language)),
        annotations=dashboard.AnnotationContainer(list_val=notes.queries(language)),
        links=[_menu(language)],
    )


def _menu(language: Language) -> dashboard.DashboardLink:
    return dashboard.DashboardLink(
        title=words.PAGES.of(language),
        type_val=dashboard.DashboardLinkType.DASHBOARDS,
        tags=[f"{TAG}-{language}"],
        as_dropdown=True,
        include_vars=True,
        keep_time=True,
    )


def _quick_ranges(language: Language) -> list[dashboard.TimeOption]:
    ranges = (
        (words.LAST_24_HOURS, "now-24h"),
        (words.LAST_7_DAYS, "now-7d"),
        (words.THIS_MONTH, "now/M"),
        (words.ALL_TIME, ALL_TIME),
    )
    return [
        dashboard.TimeOption(display=text.of(language), from_val=start, to="now") for text, start in ranges
    ]


def _variables(page: Page, language: Language) -> list[dashboard.VariableModel]:
    source = dashboard.VariableModel(
        type_val=dashboard.VariableType.DATASOURCE,
        name="datasource",
        label=words.DATA_SOURCE.of(language),
        query=DATA_SOURCE,
        hide=dashboard.VariableHide.HIDE_VARIABLE,
    )
    return [
        source,
        _constant("tz", TIME_ZONE),
        _constant("fiscal_start", "1"),
        _choice(
            "team",
            words.TEAM,
            language,
            "SELECT DISTINCT team AS value FROM salgspuls.sellers ORDER BY value",
            hidden=not page.by_seller,
        ),
        _choice(
            "seller",
            words.SELLER,
            language,
            "SELECT seller_id AS value, if(name = '', seller_id, name) AS label FROM salgspuls.sellers\n"
            "WHERE has([${team:singlequote}], '') OR has([${team:singlequote}], team)\nORDER BY label, value",
            hidden=not page.by_seller,
        ),
        *(_input(name, label, language) for name, label in page.inputs),
        _span(),
    ]


def _span() -> dashboard.VariableModel:
    """How far the axis of a time series reaches back from now, in Grafana's words.

    "All time" asks for 50 years, of which those before the first event would leave no room for the rest. Grafana leaves
    it aside when a range is absolute.
    """
    query = (
        "SELECT multiIf(all_time, concat(toString(dateDiff('day', range_from, range_to) + 1), 'd'),\n"
        "    range_from = toDateTime(toStartOfMonth(range_to, '${tz}'), '${tz}'), '0d/M',\n"
        "    concat(toString(dateDiff('second', range_from, range_to)), 's')) AS value\n"
        f"FROM {view('range', RANGE)}"
    )
    return dashboard.VariableModel(
        type_val=dashboard.VariableType.QUERY,
        name=SPAN,
        query=_asked(SPAN, query),
        datasource=common.DataSourceRef(DATA_SOURCE, "${datasource}"),
        current=dashboard.VariableOption(text="", value="", selected=True),
        refresh=dashboard.VariableRefresh.ON_TIME_RANGE_CHANGED,
        skip_url_sync=True,
        hide=dashboard.VariableHide.HIDE_VARIABLE,
    )


def _asked(name: str, sql: str) -> dict[str, object]:
    return {"refId": name, "queryType": "sql", "editorType": "sql", "rawSql": sql}


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


def _input(name: str, label: Text, language: Language) -> dashboard.VariableModel:
    empty = dashboard.VariableOption(text="", value="", selected=True)
    return dashboard.VariableModel(
        type_val=dashboard.VariableType.TEXTBOX,
        name=name,
        label=label.of(language),
        query="",
        current=empty,
        options=[empty],
    )


def _choice(name: str, label: Text, language: Language, query: str, hidden: bool) -> dashboard.VariableModel:
    return dashboard.VariableModel(
        type_val=dashboard.VariableType.QUERY,
        name=name,
        label=label.of(language),
        query=_asked(name, query),
        datasource=common.DataSourceRef(DATA_SOURCE, "${datasource}"),
        current=dashboard.VariableOption(text=words.ALL.of(language), value="$__all", selected=True),
        multi=True,
        include_all=True,
        all_value="''",  # a list that holds the empty name is everybody, also who has no name yet
        refresh=dashboard.VariableRefresh.ON_DASHBOARD_LOAD,
        hide=dashboard.VariableHide.HIDE_VARIABLE if hidden else dashboard.VariableHide.DONT_HIDE,
    )
