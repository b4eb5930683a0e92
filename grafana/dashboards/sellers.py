"""Top sellers against the team, the team overview, and one seller's details."""

from __future__ import annotations

from typing import NamedTuple

from grafana_foundation_sdk.models import dashboard

from grafana import theme as look
from grafana.dashboards.catalogue import common as words
from grafana.dashboards.catalogue import customers as call_messages
from grafana.dashboards.catalogue import sellers as messages
from grafana.dashboards.customers import (
    CALL_TITLE,
    HIDDEN_CALL_COLUMNS,
    SELLER_NAME,
    SELLER_NAMES,
    call_columns,
    labels,
    sentiment_donut,
    sentiment_trend,
    without_charts,
)
from grafana.dashboards.insight import Chart, Insight, insight
from grafana.dashboards.links import CALL_RANGE, to_page, to_seller
from grafana.dashboards.panels import (
    At,
    Column,
    Value,
    Words,
    bars_panel,
    bubbles_panel,
    headline_panel,
    stat_panel,
    table_panel,
    time_series_panel,
)
from grafana.dashboards.sql import NBSP, RANGE, TEAMS, WHO_FILTER, ZONE, listed, quoted, sentence, view
from grafana.i18n import Language, Text

SECONDS = f"suffix:{NBSP}s"
"""Always seconds: Grafana's own unit makes milliseconds of less than one."""

STYLE = view("seller_style", RANGE, ZONE, TEAMS)
GROUPS = view("group_style", RANGE, ZONE, TEAMS)
ENGAGEMENT = view("engagement", RANGE, ZONE, TEAMS)
BEST_WORDS = view("best_practice_words", RANGE, ZONE, TEAMS)


def home_insights(language: Language, y: int) -> list[dashboard.Panel]:
    """Five insights: three above, two below."""
    return [
        *insight(200, At(0, y, 8, 11), _talk(language), language),
        *insight(210, At(8, y, 8, 11), _mood(language), language),
        *insight(220, At(16, y, 8, 11), _switches(language), language),
        *insight(230, At(0, y + 11, 12, 14), _best_words(language), language),
        *insight(240, At(12, y + 11, 12, 14), _engagement(language), language),
    ]


def _compared(language: Language, figure: str, more: Text, less: Text, same: Text, **expressions: str) -> str:
    """The headline on two groups: higher, lower, or the same when both are written alike; nothing when one lacks."""
    top, team = f"top_{figure}", f"team_{figure}"
    return (
        f"multiIf({top} IS NULL OR {team} IS NULL, NULL, round({top}, 2) = round({team}, 2),"
        f" {sentence(same.of(language), language, **expressions)},"
        f" {top} > {team}, {sentence(more.of(language), language, **expressions)},"
        f" {sentence(less.of(language), language, **expressions)})"
    )


def groups_query(language: Language) -> str:
    """Both groups with all their figures and the headlines on them, for every panel that compares them."""
    top, team = quoted(messages.TOP_SELLERS.of(language)), quoted(messages.TEAM_AVERAGE.of(language))
    figures = {"talk": "talk_ratio", "positive": "positive_share", "switches": "switches_per_hour"}
    windows = ",\n        ".join(
        f"maxOrNullIf({column}, group_name = '{group}') OVER () AS {group}_{name}"
        for name, column in figures.items()
        for group in ("top", "team")
    )
    talk = _compared(
        language,
        "talk",
        messages.TALK_MORE,
        messages.TALK_LESS,
        messages.TALK_SAME,
        top_listen="1 - top_talk",
        team_listen="1 - team_talk",
    )
    mood = _compared(language, "positive", messages.MOOD_BETTER, messages.MOOD_WORSE, messages.MOOD_SAME)
    switching = _compared(
        language, "switches", messages.SWITCHES_MORE, messages.SWITCHES_LESS, messages.SWITCHES_SAME
    )
    return (
        f"SELECT if(group_name = 'top', {top}, {team}) AS group_title,\n"
        f"    100 * talk_ratio AS talks, 100 - talks AS listens, {SHARES}, switches_per_hour AS switches,\n"
        f"    {talk} AS talk,\n    {mood} AS mood,\n    {switching} AS switching\n"
        f"FROM (\n    SELECT *,\n        {windows}\n    FROM {GROUPS}\n)\n"
        "WHERE talk_ratio IS NOT NULL\nORDER BY group_name DESC"
    )


SHARES = "100 * positive_share AS positive, 100 * neutral_share AS neutral, 100 * negative_share AS negative"


def _group_bars(
    panel_id: int, at: At, language: Language, title: Text, definition: Text, drawn: list[Column]
) -> dashboard.Panel:
    """Bars of both groups; several figures are parts of 100 %."""
    top, team = messages.TOP_SELLERS.of(language), messages.TEAM_AVERAGE.of(language)
    colours = {top: Value(top, look.TOP_SELLERS), team: Value(team, look.TEAM)}
    columns = [Column("group_title", values=colours), *drawn]
    said = Words(
        title.of(language),
        definition.of(language) + messages.WHO_IS_TOP.of(language),
        messages.NO_TOP.of(language),
    )
    parts = len(drawn) > 1
    return bars_panel(
        panel_id,
        at,
        said,
        groups_query(language),
        "group_title",
        columns,
        horizontal=True,
        stacked=parts,
        legend=parts,
        coloured=not parts,
    )


def _comparison(
    language: Language, title: Text, definition: Text, why: Text, column: str, chart: Chart
) -> Insight:
    return Insight(
        title=title,
        definition=Text(*(a + b for a, b in zip(definition, messages.WHO_IS_TOP, strict=True))),
        empty=messages.NO_TOP,
        headline=groups_query(language),
        why=why,
        charts=[(8, chart)],
        details=to_page("team", language),
        column=column,
    )


def _talk(language: Language) -> Insight:
    def chart(panel_id: int, at: At) -> dashboard.Panel:
        drawn = [
            Column("talks", messages.TALKS.of(language), unit="percent", decimals=0, colour=look.TOP_SELLERS),
            Column("listens", messages.LISTENS.of(language), unit="percent", decimals=0, colour=look.TEAM),
        ]
        return _group_bars(panel_id, at, language, messages.TALK_CHART, messages.TALK_IS, drawn)

    return _comparison(language, messages.TALK, messages.TALK_IS, messages.TALK_WHY, "talk", chart)


def share_bars_columns(language: Language) -> list[Column]:
    """The three classes as stacked bars of percent."""
    return [
        Column(name, title.of(language), unit="percent", decimals=0, colour=colour)
        for name, title, colour in (
            ("positive", words.POSITIVE, look.POSITIVE),
            ("neutral", words.NEUTRAL, look.NEUTRAL),
            ("negative", words.NEGATIVE, look.NEGATIVE),
        )
    ]


def _mood(language: Language) -> Insight:
    def chart(panel_id: int, at: At) -> dashboard.Panel:
        drawn = share_bars_columns(language)
        return _group_bars(panel_id, at, language, messages.MOOD_CHART, messages.MOOD_IS, drawn)

    return _comparison(language, messages.MOOD, messages.MOOD_IS, messages.MOOD_WHY, "mood", chart)


def _switches(language: Language) -> Insight:
    def chart(panel_id: int, at: At) -> dashboard.Panel:
        title = messages.PER_HOUR.of(language)
        drawn = [Column("switches", title, unit="none", decimals=0, colour=look.TOP_SELLERS)]
        return _group_bars(panel_id, at, language, messages.SWITCHES_CHART, messages.SWITCHES_IS, drawn)

    return _comparison(
        language, messages.SWITCHES, messages.SWITCHES_IS, messages.SWITCHES_WHY, "switching", chart
    )


def _words_query(language: Language, a_row: int) -> str:
    said = sentence(
        messages.WORDS_HEADLINE.of(language), language, listing=listed("arraySlice(items, 1, 3)", language)
    )
    return (
        f"SELECT name, uses, concat('× ', {sentence('{lift:decimal}', language)}) AS change, shade, x, y,\n"
        f"    {said} AS value\nFROM (\n"
        "    SELECT word AS name, uses, lift, multiIf(lift >= 3, 2, lift >= 1.5, 1, 0) AS shade,\n"
        "        row_number() OVER (ORDER BY lift DESC, word) - 1 AS place,\n"
        f"        place % {a_row} AS x, -toInt32(intDiv(place, {a_row})) AS y,\n"
        "        groupArray(word) OVER (ORDER BY lift DESC, word"
        " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS items\n"
        f"    FROM (SELECT * FROM {BEST_WORDS} ORDER BY lift DESC, word LIMIT 20)\n)\nORDER BY place"
    )


def _best_words(language: Language) -> Insight:
    return Insight(
        title=messages.WORDS,
        definition=messages.WORDS_IS,
        empty=messages.NO_WORDS,
        headline=_words_query(language, 10),
        why=messages.WORDS_WHY,
        charts=[(12, lambda panel_id, at: _word_bubbles(panel_id, at, language))],
        details=to_page("best-practice", language),
    )


def _word_bubbles(panel_id: int, at: At, language: Language, a_row: int = 10) -> dashboard.Panel:
    shades = {"0": Value("< 1.5"), "1": Value("1.5–3"), "2": Value("≥ 3")}
    columns = [
        Column("name", messages.WORD.of(language)),
        Column("uses", messages.USES.of(language), unit="none"),
        Column("change", messages.LIFT.of(language)),
        Column("shade", messages.LIFT.of(language), unit="none", values=shades, steps=look.GROWTH_STEPS[:3]),
    ]
    said = Words(
        messages.WORDS_CHART.of(language),
        f"{messages.WORDS_IS.of(language)} {messages.WORDS_BUBBLES_IS.of(language)}",
        messages.NO_WORDS.of(language),
    )
    query = _words_query(language, a_row)
    return bubbles_panel(panel_id, at, said, query, columns, axes=False, size="uses", diameters=(10, 60))


def _engagement_query(language: Language) -> str:
    kinds = ", ".join(
        f"kind = '{raw}', {quoted(text.of(language))}"
        for raw, text in (("email", messages.EMAIL), ("phone", messages.PHONE))
    )
    said = _compared(
        language, "total", messages.ENGAGEMENT_MORE, messages.ENGAGEMENT_LESS, messages.ENGAGEMENT_SAME
    )
    return (
        f"SELECT multiIf({kinds}, {quoted(messages.MEETING.of(language))}) AS kind_title,\n"
        f"    ifNull(top_hours, 0) AS top, ifNull(team_hours, 0) AS team,\n    {said} AS value\n"
        "FROM (\n    SELECT *, sumOrNull(top_hours) OVER () AS top_total, sumOrNull(team_hours) OVER () AS team_total\n"
        f"    FROM {ENGAGEMENT}\n)\nWHERE team_total > 0\nORDER BY indexOf(['email', 'phone', 'meeting'], kind)"
    )


def _engagement(language: Language) -> Insight:
    return Insight(
        title=messages.ENGAGEMENT,
        definition=Text(*(a + b for a, b in zip(messages.ENGAGEMENT_IS, messages.WHO_IS_TOP, strict=True))),
        empty=messages.NO_ACTIVITIES,
        headline=_engagement_query(language),
        why=messages.ENGAGEMENT_WHY,
        charts=[(12, lambda panel_id, at: _engagement_bars(panel_id, at, language))],
        details=None,
    )


def _engagement_bars(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    columns = [
        Column("kind_title", messages.KIND.of(language)),
        Column("top", messages.TOP_SELLERS.of(language), unit="h", decimals=1, colour=look.TOP_SELLERS),
        Column("team", messages.TEAM_AVERAGE.of(language), unit="h", decimals=1, colour=look.TEAM),
    ]
    said = Words(
        messages.ENGAGEMENT_CHART.of(language),
        messages.ENGAGEMENT_IS.of(language) + messages.WHO_IS_TOP.of(language),
        messages.NO_ACTIVITIES.of(language),
    )
    return bars_panel(panel_id, at, said, _engagement_query(language), "kind_title", columns)


def best_practice_page(language: Language) -> list[dashboard.Panel]:
    """Best-practice keywords in detail."""
    table = (
        "SELECT word, uses, lift, top_rate, other_rate, users\n"
        f"FROM {BEST_WORDS}\nORDER BY lift DESC, word\nLIMIT 20"
    )
    columns = [
        Column("word", messages.WORD.of(language)),
        Column("uses", messages.USES.of(language), unit="none", cell="bar", colour=look.ACCENT, width=120),
        Column("lift", messages.LIFT.of(language), unit="none", decimals=1, width=65),
        Column("top_rate", messages.TOP_RATE.of(language), unit="none", decimals=2, width=120),
        Column("other_rate", messages.OTHER_RATE.of(language), unit="none", decimals=2, width=115),
        Column("users", messages.USERS.of(language), unit="none", width=110),
    ]
    words_said = Words(
        messages.WORDS.of(language), messages.WORDS_IS.of(language), messages.NO_WORDS.of(language)
    )
    return [
        *insight(1, At(0, 0, 24, 4), without_charts(_best_words(language)), language),
        table_panel(20, At(0, 4, 14, 16), words_said, table, columns),
        _word_bubbles(21, At(14, 4, 10, 16), language, a_row=5),
    ]


class Metric(NamedTuple):
    """A figure of conversation style: its column, how it is shown, and what more and less of it is called."""

    column: str
    title: Text
    definition: Text
    scale: float
    unit: str
    decimals: int
    more: Text
    less: Text


METRICS = (
    Metric(
        "talk_ratio",
        messages.TALK_RATIO,
        messages.TALK_RATIO_IS,
        100,
        "percent",
        0,
        messages.MORE_TALK,
        messages.LESS_TALK,
    ),
    Metric(
        "words_per_minute", messages.SPEED, messages.SPEED_IS, 1, "none", 0, messages.FASTER, messages.SLOWER
    ),
    Metric(
        "switches_per_hour",
        messages.SWITCHES,
        messages.SWITCHES_BY_SELLER_IS,
        1,
        "none",
        0,
        messages.MORE_SWITCHES,
        messages.LESS_SWITCHES,
    ),
    Metric(
        "pause_before_speaking_ms",
        messages.PAUSE,
        messages.PAUSE_IS,
        0.001,
        SECONDS,
        1,
        messages.LONGER_PAUSE,
        messages.SHORTER_PAUSE,
    ),
    Metric(
        "longest_monologue_customer_ms",
        messages.MONOLOGUE,
        messages.MONOLOGUE_IS,
        0.001,
        SECONDS,
        0,
        messages.LONGER_MONOLOGUE,
        messages.SHORTER_MONOLOGUE,
    ),
)


def team_page(language: Language) -> list[dashboard.Panel]:
    """Team overview."""
    panels = [
        _insights(10, At(0, 0, 10, 11), language, messages.INSIGHTS, "1"),
        sentiment_donut(20, At(10, 0, 6, 11), language),
        _sentiment_by_seller(21, At(16, 0, 8, 11), language),
        sentiment_trend(22, At(0, 11, 24, 8), language),
        _sellers_table(30, At(0, 19, 24, 11), language),
    ]
    x, y = 0, 30
    for index, metric in enumerate(METRICS):
        width = 8 if index < 3 else 12
        panels.append(_metric_bars(40 + index, At(x, y, width, 13), metric, language))
        x += width
        if x == 24:
            x, y = 0, y + 13
    return panels


def _insights(panel_id: int, at: At, language: Language, title: Text, only: str) -> dashboard.Panel:
    negative = Metric(
        "negative_share",
        messages.MOOD,
        messages.MOOD_IS,
        1,
        "percentunit",
        0,
        messages.MORE_NEGATIVE,
        messages.LESS_NEGATIVE,
    )
    metrics = (*METRICS, negative)
    deviations = ", ".join(
        f"('{metric.column}', {metric.column} / nullIf(avg({metric.column}) OVER (), 0) - 1)"
        for metric in metrics
    )
    cases = ", ".join(
        f"metric = '{metric.column}' AND deviation > 0, {sentence(metric.more.of(language), language)},"
        f" metric = '{metric.column}', {sentence(metric.less.of(language), language)}"
        for metric in metrics
    )
    query = (
        f"SELECT multiIf({cases}, '') AS insight, seller_id\nFROM (\n"
        "    SELECT seller_id, name, tupleElement(item, 1) AS metric, tupleElement(item, 2) AS deviation,\n"
        "        abs(deviation) AS by\n"
        f"    FROM (\n        SELECT seller_id, name, arrayJoin([{deviations}]) AS item\n        FROM {STYLE}\n    )\n"
        f"    WHERE by >= 0.05 AND {only}\n)\nORDER BY by DESC, seller_id, metric\nLIMIT 12"
    )
    columns = [
        Column(
            "insight",
            messages.INSIGHT.of(language),
            cell="wrapped",
            link=to_seller(messages.OPEN_SELLER.of(language), language),
        ),
        Column("seller_id", hidden=True),
    ]
    said = Words(title.of(language), messages.INSIGHTS_IS.of(language), messages.NO_INSIGHTS.of(language))
    return table_panel(panel_id, at, said, query, columns, header=False)


def _sentiment_by_seller(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    query = (
        f"SELECT name AS seller, {SHARES}\n"
        f"FROM {STYLE}\nWHERE positive_share IS NOT NULL\nORDER BY negative_share DESC, name\nLIMIT 15"
    )
    said = Words(
        messages.SENTIMENT_BY_SELLER.of(language),
        messages.SENTIMENT_BY_SELLER_IS.of(language),
        messages.NO_CALLS.of(language),
    )
    columns = [Column("seller", messages.SELLER.of(language)), *share_bars_columns(language)]
    return bars_panel(panel_id, at, said, query, "seller", columns, horizontal=True, stacked=True)


def _metric_bars(panel_id: int, at: At, metric: Metric, language: Language) -> dashboard.Panel:
    query = (
        f"SELECT name AS seller, {metric.scale} * {metric.column} AS figure,\n"
        f"    {metric.scale} * avg({metric.column}) OVER () AS team_average\n"
        f"FROM {STYLE}\nWHERE {metric.column} IS NOT NULL\nORDER BY figure DESC, name\nLIMIT 15"
    )
    columns = [
        Column("seller", messages.SELLER.of(language)),
        Column(
            "figure",
            metric.title.of(language),
            unit=metric.unit,
            decimals=metric.decimals,
            colour=look.TOP_SELLERS,
        ),
        Column(
            "team_average",
            messages.TEAM_AVERAGE.of(language),
            unit=metric.unit,
            decimals=metric.decimals,
            colour=look.TEAM,
            outlined=True,
        ),
    ]
    said = Words(metric.title.of(language), metric.definition.of(language), messages.NO_CALLS.of(language))
    return bars_panel(panel_id, at, said, query, "seller", columns, horizontal=True)


def _sellers_table(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    money = sentence("{revenue:money}", language)
    query = (
        "WITH (SELECT anyOrNull(currency) FROM salgspuls.opportunity_changes) AS currency\n"
        f"SELECT name, team, is_top, calls, {money} AS revenue_text, talk_ratio,\n"
        "    words_per_minute, switches_per_hour, pause_before_speaking_ms / 1000 AS pause,\n"
        "    longest_monologue_customer_ms / 1000 AS monologue, negative_share, seller_id\n"
        f"FROM {STYLE}\nORDER BY revenue DESC, name"
    )
    tops = {
        "1": Value(messages.IS_TOP.of(language), look.TOP_SELLERS),
        "0": Value(messages.NOT_TOP.of(language), look.TEAM),
    }
    link = to_seller(messages.OPEN_SELLER.of(language), language)
    columns = [
        Column("name", messages.SELLER.of(language), link=link),
        Column("team", messages.TEAM.of(language), width=110),
        Column("is_top", messages.TOP.of(language), unit="none", cell="coloured", values=tops, width=125),
        Column("calls", messages.CALLS.of(language), unit="none", width=75),
        Column("revenue_text", messages.REVENUE.of(language), width=130),
        Column("talk_ratio", messages.TALK_RATIO.of(language), unit="percentunit", decimals=0, width=90),
        Column("words_per_minute", messages.SPEED.of(language), unit="none", decimals=0, width=100),
        Column("switches_per_hour", messages.SWITCHES.of(language), unit="none", decimals=0, width=95),
        Column("pause", messages.PAUSE.of(language), unit=SECONDS, decimals=1, width=150),
        Column("monologue", messages.MONOLOGUE.of(language), unit=SECONDS, decimals=0, width=190),
        Column(
            "negative_share",
            words.NEGATIVE.of(language),
            unit="percentunit",
            decimals=0,
            cell="bar",
            colour=look.NEGATIVE,
            maximum=1,
            width=130,
        ),
        Column("seller_id", hidden=True),
    ]
    said = Words(
        messages.SELLERS_TABLE.of(language),
        messages.SELLERS_TABLE_IS.of(language),
        messages.NO_SELLERS.of(language),
    )
    return table_panel(panel_id, at, said, query, columns)


CHOSEN = "(has([${seller:singlequote}], '') OR has([${seller:singlequote}], seller_id))"


def seller_page(language: Language) -> list[dashboard.Panel]:
    """One seller's details."""
    return [
        headline_panel(1, At(0, 0, 24, 3), *_who(language)),
        *_against_team(language, y=3),
        _insights(20, At(0, 7, 10, 9), language, messages.SELLER_INSIGHTS, CHOSEN),
        _per_call(21, At(10, 7, 14, 9), language),
        sentiment_donut(30, At(0, 16, 8, 9), language),
        sentiment_trend(31, At(8, 16, 16, 9), language),
        _history(40, At(0, 25, 24, 14), language),
    ]


def _who(language: Language) -> tuple[Words, str]:
    query = (
        f"SELECT arrayStringConcat(groupArray(name), ', ') AS value\n"
        f"FROM (SELECT name FROM {STYLE} WHERE {CHOSEN} ORDER BY name)\nHAVING value != ''"
    )
    said = Words(
        messages.SELLER.of(language), messages.SELLER_PAGE_IS.of(language), messages.NO_SELLERS.of(language)
    )
    return said, query


def _against_team(language: Language, y: int) -> list[dashboard.Panel]:
    note = messages.AGAINST_TEAM.of(language)

    def row(name: str, chosen: str, team: str, how: str) -> str:
        value = sentence(f"{{value:{how}}}", language, value=chosen)
        beside = sentence(f"{{value:{how}}}", language, value=team)
        said = sentence(note, language, team_value=f"ifNull({beside}, '–')")
        return f"('{name}', ifNull({value}, '–'), {said})"

    rows = [
        row("calls", f"sumIf(calls, {CHOSEN})", "sum(calls) / nullIf(count(), 0)", "whole"),
        row("revenue", f"sumIf(revenue, {CHOSEN})", "sum(revenue) / nullIf(count(), 0)", "money"),
        row("talk_ratio", f"avgOrNullIf(talk_ratio, {CHOSEN})", "avgOrNull(talk_ratio)", "percent"),
        row("positive", f"avgOrNullIf(positive_share, {CHOSEN})", "avgOrNull(positive_share)", "percent"),
        row("speed", f"avgOrNullIf(words_per_minute, {CHOSEN})", "avgOrNull(words_per_minute)", "whole"),
        row("switches", f"avgOrNullIf(switches_per_hour, {CHOSEN})", "avgOrNull(switches_per_hour)", "whole"),
    ]
    query = (
        "WITH (SELECT anyOrNull(currency) FROM salgspuls.opportunity_changes) AS currency\n"
        "SELECT tupleElement(kpi, 1) AS name, tupleElement(kpi, 2) AS value, tupleElement(kpi, 3) AS note\n"
        f"FROM (\n    SELECT arrayJoin([{', '.join(rows)}]) AS kpi\n    FROM {STYLE}\n)"
    )
    beside = messages.STYLE_AGAINST_TEAM
    cells = [
        ("calls", messages.CALLS, messages.CALLS_IS, None),
        ("revenue", messages.REVENUE, messages.REVENUE_IS, None),
        ("talk_ratio", messages.TALK_RATIO, messages.TALK_IS, beside),
        ("positive", messages.POSITIVE_SHARE, messages.POSITIVE_SHARE_IS, beside),
        ("speed", messages.SPEED, messages.SPEED_IS, beside),
        ("switches", messages.SWITCHES, messages.SWITCHES_IS, beside),
    ]
    return [
        stat_panel(
            2 + index,
            At(4 * index, y, 4, 4),
            Words(
                title.of(language),
                definition.of(language) + (more.of(language) if more else ""),
                messages.NO_SELLERS.of(language),
            ),
            query,
            row=name,
        )
        for index, (name, title, definition, more) in enumerate(cells)
    ]


def _per_call(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    query = (
        "SELECT time, compound\nFROM (\n"
        "    SELECT call_started_at AS time, sentiment_compound AS compound\n"
        "    FROM salgspuls.calls\n"
        f"    WHERE $__timeFilter(call_started_at) AND {WHO_FILTER} AND sentiment_compound IS NOT NULL\n"
        "    ORDER BY call_started_at DESC\n    LIMIT 100\n)\nORDER BY time"
    )
    columns = [
        Column("compound", messages.COMPOUND.of(language), unit="none", decimals=2, colour=look.TOP_SELLERS)
    ]
    said = Words(
        messages.PER_CALL.of(language), messages.PER_CALL_IS.of(language), messages.NO_CALLS.of(language)
    )
    return time_series_panel(panel_id, at, said, query, columns, legend=False, bounds=(-1, 1))


def _history(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    query = (
        f"SELECT {CALL_TITLE}, {SELLER_NAME}, customer_name AS customer, call_started_at,\n"
        "    toFloat64(duration_ms) / 60000 AS minutes, talk_ratio, sentiment_label,\n"
        f"    call_id, {CALL_RANGE}\n"
        f"FROM salgspuls.calls AS calls\n{SELLER_NAMES}\n"
        f"WHERE $__timeFilter(call_started_at) AND {WHO_FILTER}\n"
        "ORDER BY call_started_at DESC, call_id\nLIMIT 200"
    )
    columns = [
        *call_columns(language),
        Column("minutes", messages.MINUTES.of(language), unit="none", decimals=1, width=100),
        Column("talk_ratio", messages.TALK_RATIO.of(language), unit="percentunit", decimals=0, width=110),
        Column(
            "sentiment_label",
            call_messages.LABEL.of(language),
            cell="badge",
            values=labels(language),
            width=150,
        ),
        *HIDDEN_CALL_COLUMNS,
    ]
    said = Words(
        messages.HISTORY.of(language), messages.HISTORY_IS.of(language), messages.NO_CALLS.of(language)
    )
    return table_panel(panel_id, at, said, query, columns)
