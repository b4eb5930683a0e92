"""Calls: the recording KPIs, the calls in progress, and one call's summary."""

from __future__ import annotations

from grafana_foundation_sdk.models import dashboard

from grafana import theme as look
from grafana.dashboards.catalogue import calls as messages
from grafana.dashboards.catalogue import common as words
from grafana.dashboards.customers import labels
from grafana.dashboards.deals import DATE
from grafana.dashboards.links import to_live_call, to_words
from grafana.dashboards.panels import (
    At,
    Column,
    Value,
    Words,
    headline_panel,
    stat_panel,
    table_panel,
    timeline_panel,
)
from grafana.dashboards.sql import RANGE, WHO, ZONE, growth, quoted, sentence, view
from grafana.i18n import Language, Text

THIS_CALL = "call_id = ${call_id:singlequote}"


def recording_kpis(language: Language, y: int, size: int = 28) -> list[dashboard.Panel]:
    """Four numbers, this month against the last."""
    figures = (
        ("calls", messages.RECORDED, messages.RECORDED_IS, "whole"),
        ("hours", messages.HOURS, messages.HOURS_IS, "decimal"),
        ("keyword_calls", messages.KEYWORD_CALLS, messages.KEYWORD_CALLS_IS, "whole"),
        ("competitor_calls", messages.COMPETITOR_CALLS, messages.COMPETITOR_CALLS_IS, "whole"),
    )
    rows = []
    for name, _, _, how in figures:
        value = sentence(f"{{{name}:{how}}}", language)
        before = sentence(f"{{{name}_before:{how}}}", language)
        share = f"if({name} = {name}_before, 0, ({name} - {name}_before) / nullIf({name}_before, 0))"
        change = growth(share, language)
        note = sentence(messages.CHANGE.of(language), language, change=change, before=before)
        rows.append(f"('{name}', {value}, {note})")
    query = _named_rows(rows, view("recording_kpis", ZONE, WHO))
    return [
        stat_panel(
            400 + index,
            At(6 * index, y, 6, 4),
            Words(
                title.of(language),
                definition.of(language) + messages.MONTHS_IS.of(language),
                messages.NO_CALLS.of(language),
            ),
            query,
            row=name,
            size=size,
        )
        for index, (name, title, definition, _) in enumerate(figures)
    ]


def _named_rows(rows: list[str], source: str) -> str:
    return (
        "SELECT tupleElement(kpi, 1) AS name, tupleElement(kpi, 2) AS value, tupleElement(kpi, 3) AS note\n"
        f"FROM (\n    SELECT arrayJoin([\n        {(',' + chr(10) + '        ').join(rows)}\n    ]) AS kpi\n"
        f"    FROM {source}\n)"
    )


def live_calls(panel_id: int, language: Language, at: At, rows: int = 50) -> dashboard.Panel:
    """Calls in progress, the most negative first."""
    rising, steady, falling = (
        quoted(text.of(language)) for text in (messages.RISING, messages.STEADY, messages.FALLING)
    )
    query = (
        "SELECT seller, customer, minutes, talk_ratio, sentiment_label,\n"
        f"    multiIf(sentiment_direction IS NULL, '', sentiment_direction >= 0.05, {rising},"
        f" sentiment_direction <= -0.05, {falling}, {steady}) AS direction,\n"
        "    keywords, call_id, from_ms\n"
        "FROM salgspuls.live_calls\n"
        "WHERE (has([${team:singlequote}], '') OR has([${team:singlequote}], team))\n"
        "    AND (has([${seller:singlequote}], '') OR has([${seller:singlequote}], seller_id))\n"
        "ORDER BY sentiment_compound IS NULL, sentiment_compound, call_id\n"
        f"LIMIT {rows}"
    )
    columns = [
        Column(
            "seller",
            messages.SELLER.of(language),
            width=215,
            link=to_live_call(messages.OPEN_CALL.of(language), language),
        ),
        Column("customer", messages.CUSTOMER.of(language), width=225),
        Column("minutes", messages.MINUTES.of(language), unit="none", decimals=0, width=118),
        Column("talk_ratio", messages.TALK_RATIO.of(language), unit="percentunit", decimals=0, width=128),
        Column(
            "sentiment_label",
            messages.SENTIMENT.of(language),
            cell="badge",
            width=132,
            values=labels(language),
        ),
        Column("direction", messages.DIRECTION.of(language), width=130),
        Column("keywords", messages.HEARD.of(language), cell="chips"),
        Column("call_id", hidden=True),
        Column("from_ms", hidden=True),
    ]
    said = Words(messages.LIVE.of(language), messages.LIVE_IS.of(language), messages.NO_LIVE.of(language))
    return table_panel(panel_id, at, said, query, columns)


def freshness(panel_id: int, language: Language, at: At, size: int = 28) -> dashboard.Panel:
    """How old the newest event is, and the range that is looked at."""

    def age(divisor: int, text: Text) -> str:
        return sentence(text.of(language), language, age=f"intDiv(age_seconds, {divisor})")

    first, last = (f"toTimeZone({edge}, '${{tz}}')" for edge in ("range_from", "range_to"))
    note = sentence(messages.RANGE.of(language), language, first=first, last=last)
    query = (
        f"SELECT multiIf(age_seconds < 120, {age(1, messages.AGE_SECONDS)},\n"
        f"    age_seconds < 7200, {age(60, messages.AGE_MINUTES)},\n"
        f"    age_seconds < 172800, {age(3600, messages.AGE_HOURS)},\n"
        f"    {age(86400, messages.AGE_DAYS)}) AS value,\n"
        f"    {note} AS note\n"
        f"FROM salgspuls.freshness, {view('range', RANGE)}\nWHERE newest_event_at > toDateTime(0)"
    )
    said = Words(
        messages.FRESHNESS.of(language), messages.FRESHNESS_IS.of(language), messages.NO_EVENTS.of(language)
    )
    return stat_panel(panel_id, at, said, query, size=size)


def page(language: Language) -> list[dashboard.Panel]:
    """Call summary."""
    return [
        _headline(1, At(0, 0, 24, 3), language),
        *_kpis(language, y=3),
        _timeline(20, At(0, 7, 24, 6), language),
        _transcript(30, At(0, 13, 14, 24), language),
        _participants(31, At(14, 13, 10, 4), language),
        _mentions(32, At(14, 17, 10, 7), language),
        _said(33, At(14, 24, 10, 4), language, "actions"),
        _said(34, At(14, 28, 10, 5), language, "questions"),
        _deal(35, At(14, 33, 10, 4), language),
    ]


def _headline(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    pattern = "%d.%m.%Y %H:%i" if language == "da" else "%e %b %Y %H:%i"
    query = (
        f"SELECT {sentence(messages.CALL_HEADLINE.of(language), language)} AS value\nFROM (\n"
        "    SELECT if(title = '', call_id, title) AS title, if(customer_name = '', '–', customer_name) AS customer,\n"
        f"        trim(formatDateTime(call_started_at, '{pattern}', '${{tz}}')) AS when,\n"
        "        duration_ms / 60000 AS minutes\n"
        f"    FROM salgspuls.calls\n    WHERE {THIS_CALL}\n)"
    )
    said = Words(messages.CALL.of(language), messages.CALL_IS.of(language), messages.NO_CALL.of(language))
    return headline_panel(panel_id, at, said, query)


def _kpis(language: Language, y: int) -> list[dashboard.Panel]:
    unknown = quoted(messages.NOTE_NONE.of(language))

    def row(name: str, value: str, how: str, other: str, other_how: str, note: Text) -> str:
        shown = sentence(f"{{value:{how}}}", language, value=value)
        beside = sentence(f"{{value:{other_how}}}", language, value=other)
        said = sentence(note.of(language), language, other=beside)
        return f"('{name}', ifNull({shown}, '–'), ifNull({said}, {unknown}))"

    label = "multiIf(" + ", ".join(
        f"sentiment_label = '{raw}', {quoted(text.of(language))}"
        for raw, text in (
            ("positive", words.POSITIVE),
            ("neutral", words.NEUTRAL),
            ("negative", words.NEGATIVE),
        )
    )
    mean = sentence("{sentiment_compound:hundredths}", language)
    mean_note = sentence(messages.NOTE_MEAN.of(language), language, other=mean)
    rows = [
        f"('sentiment', {label}, '–'), ifNull({mean_note}, {unknown}))",
        row("talk", "talk_ratio", "percent", "1 - talk_ratio", "percent", messages.NOTE_CUSTOMER),
        row(
            "speed",
            "words_per_minute_seller",
            "whole",
            "words_per_minute_customer",
            "whole",
            messages.NOTE_CUSTOMER,
        ),
        row("switches", "switches", "whole", "switches_per_hour", "whole", messages.NOTE_HOUR),
        row(
            "pause",
            "pause_before_speaking_ms / 1000",
            "seconds",
            "silence_ms / 1000",
            "seconds",
            messages.NOTE_SILENCE,
        ),
        row(
            "monologue",
            "longest_monologue_customer_ms / 1000",
            "seconds",
            "longest_monologue_seller_ms / 1000",
            "seconds",
            messages.NOTE_SELLER,
        ),
    ]
    query = _named_rows(rows, f"salgspuls.calls\n    WHERE {THIS_CALL}")
    cells = (
        ("sentiment", messages.SENTIMENT, messages.SENTIMENT_IS),
        ("talk", messages.TALK_RATIO, messages.TALK_IS),
        ("speed", messages.SPEED, messages.SPEED_IS),
        ("switches", messages.SWITCHES, messages.SWITCHES_IS),
        ("pause", messages.PAUSE, messages.PAUSE_IS),
        ("monologue", messages.MONOLOGUE, messages.MONOLOGUE_IS),
    )
    return [
        stat_panel(
            2 + index,
            At(4 * index, y, 4, 4),
            Words(title.of(language), definition.of(language), messages.NO_CALL.of(language)),
            query,
            row=name,
        )
        for index, (name, title, definition) in enumerate(cells)
    ]


def _timeline(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    state = "if(sentiment = '', 'neutral', sentiment)"
    at_edge = "arrayFirst(s -> s.1 <= edge AND edge < s.2, {side}).3"
    query = (
        "WITH spoken AS (\n"
        "    SELECT\n"
        f"        groupArrayIf((start_ms, end_ms, {state}), speaker = 'seller') AS sellers,\n"
        f"        groupArrayIf((start_ms, end_ms, {state}), speaker = 'customer') AS customers,\n"
        f"        groupArrayIf((start_ms, end_ms, {HEARD}),"
        " notEmpty(mention_surfaces)) AS keywords,\n"
        "        arraySort(arrayDistinct(arrayFlatten(groupArray([start_ms, end_ms])))) AS edges,\n"
        "        any(call_started_at) AS began\n"
        f"    FROM (SELECT * FROM salgspuls.segments WHERE {THIS_CALL} ORDER BY start_ms)\n)\n"
        "SELECT addMilliseconds(began, edge) AS time,\n"
        f"    {at_edge.format(side='customers')} AS customer, {at_edge.format(side='sellers')} AS seller,\n"
        f"    {at_edge.format(side='keywords')} AS keyword\n"
        "FROM spoken\nARRAY JOIN edges AS edge\nORDER BY time"
    )
    moods = labels(language) | {"": Value(" ", "transparent")}
    columns = [
        Column("customer", messages.CUSTOMER.of(language), values=moods),
        Column("seller", messages.SELLER.of(language), values=moods),
        Column(
            "keyword",
            messages.KEYWORD.of(language),
            values={"": Value(" ", "transparent")},
            colour=look.ACCENT,
            link=to_words(messages.OPEN_WORDS.of(language), language),
        ),
    ]
    said = Words(
        messages.TIMELINE.of(language), messages.TIMELINE_IS.of(language), messages.NO_SPEECH.of(language)
    )
    return timeline_panel(panel_id, at, said, query, columns)


HEARD = "arrayStringConcat(arrayDistinct(mention_surfaces), ', ')"
_ENOUGH = 80
"""Characters of a sentence by which it is found again."""
SEARCHED = "${search:singlequote}"
FOUND = (
    f"{SEARCHED} = '' OR positionCaseInsensitiveUTF8(text, {SEARCHED}) > 0 OR {HEARD} = {SEARCHED}\n"
    "        OR hasAny(mention_trackers, (\n"
    f"            SELECT groupArray(tracker_id) FROM salgspuls.trackers WHERE name = {SEARCHED}\n"
    "        ))\n"
    "        OR hasAny(name_keys, (\n"
    f"            SELECT groupArray(name_key) FROM salgspuls.call_names WHERE {THIS_CALL} AND name = {SEARCHED}\n"
    "        ))"
)
"""What is said, or the name of what is mentioned: it may be said in another form."""
MARKED = (
    "arrayFold((marked, place) -> concat(substringUTF8(marked, 1, place.1), '‹',"
    " substringUTF8(marked, place.1 + 1, place.2), '›', substringUTF8(marked, place.1 + place.2 + 1)),"
    " arrayReverse(arrayFilter((place, index) -> index = 1 OR place.1 >= places[index - 1].1 + places[index - 1].2,"
    " places, arrayEnumerate(places))), text)"
)
PLACES = (
    "arraySort(arrayDistinct(arrayMap((start, word) -> (toUInt64(start), lengthUTF8(word)),"
    " arrayConcat(mention_starts, name_starts), arrayConcat(mention_surfaces, name_surfaces))))"
)


def _clock(moment: str) -> str:
    since = f"toDateTime(intDiv({moment}, 1000), 'UTC')"
    return f"if({moment} >= 3600000, formatDateTime({since}, '%k:%i:%S'), formatDateTime({since}, '%i:%S'))"


def _speaker(language: Language) -> str:
    seller, customer = quoted(messages.SELLER_SIDE.of(language)), quoted(messages.CUSTOMER_SIDE.of(language))
    return f"if(speaker = 'seller', {seller}, {customer})"


def _transcript(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    query = (
        f"SELECT {_clock('start_ms')} AS time, {_speaker(language)} AS side, {MARKED} AS said, sentiment\n"
        f"FROM (\n    SELECT *, {PLACES} AS places\n    FROM salgspuls.segments\n"
        f"    WHERE {THIS_CALL} AND text != ''\n    AND (\n        {FOUND}\n    )\n)\n"
        "ORDER BY start_ms, end_ms, segment_id\nLIMIT 5000"
    )
    columns = [
        Column("time", messages.TIME.of(language), width=80),
        Column("side", messages.SPEAKER.of(language), width=90),
        Column("said", messages.SAID.of(language), cell="wrapped"),
        Column(
            "sentiment", messages.SENTIMENT.of(language), cell="badge", values=labels(language), width=120
        ),
    ]
    said = Words(
        messages.TRANSCRIPT.of(language), messages.TRANSCRIPT_IS.of(language), messages.NO_SPEECH.of(language)
    )
    return table_panel(panel_id, at, said, query, columns)


def _participants(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    seller, customer = quoted(messages.SELLER_SIDE.of(language)), quoted(messages.CUSTOMER_SIDE.of(language))
    query = (
        f"SELECT name, if(side = 'seller', {seller}, {customer}) AS side_title\n"
        f"FROM salgspuls.calls\nARRAY JOIN participant_names AS name, participant_sides AS side\nWHERE {THIS_CALL}"
    )
    columns = [
        Column("name", messages.NAME.of(language)),
        Column("side_title", messages.SIDE.of(language), width=120),
    ]
    said = Words(
        messages.PARTICIPANTS.of(language),
        messages.PARTICIPANTS_IS.of(language),
        messages.NO_PARTICIPANTS.of(language),
    )
    return table_panel(panel_id, at, said, query, columns)


def _mentions(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    keyword, competitor, name = (
        quoted(text.of(language))
        for text in (messages.KIND_KEYWORD, messages.KIND_COMPETITOR, messages.KIND_NAME)
    )
    query = (
        "SELECT name, kind_title, mentions_customer, mentions_seller\nFROM (\n"
        "    SELECT if(known.name = '', found.tracker_id, known.name) AS name,\n"
        f"        if(toString(known.kind) = 'competitor', {competitor}, {keyword}) AS kind_title,\n"
        "        mentions_customer, mentions_seller\n"
        f"    FROM (SELECT * FROM salgspuls.call_keywords WHERE {THIS_CALL}) AS found\n"
        "    LEFT JOIN salgspuls.trackers AS known ON known.tracker_id = found.tracker_id\n"
        "    UNION ALL\n"
        f"    SELECT name, {name}, mentions_customer, mentions_seller FROM salgspuls.call_names WHERE {THIS_CALL}\n"
        ")\nORDER BY mentions_customer + mentions_seller DESC, name"
    )
    columns = [
        Column("name", messages.NAME.of(language), link=to_words(messages.OPEN_WORDS.of(language), language)),
        Column("kind_title", messages.MENTION_KIND.of(language), width=120),
        Column("mentions_customer", messages.BY_CUSTOMER.of(language), unit="none", width=100),
        Column("mentions_seller", messages.BY_SELLER.of(language), unit="none", width=100),
    ]
    said = Words(
        messages.MENTIONS.of(language), messages.MENTIONS_IS.of(language), messages.NO_MENTIONS.of(language)
    )
    return table_panel(panel_id, at, said, query, columns)


def _said(panel_id: int, at: At, language: Language, what: str) -> dashboard.Panel:
    title, definition, empty, column = {
        "questions": (
            messages.QUESTIONS,
            messages.QUESTIONS_IS,
            messages.NO_QUESTIONS,
            messages.QUESTION,
        ),
        "actions": (messages.ACTIONS, messages.ACTIONS_IS, messages.NO_ACTIONS, messages.ACTION),
    }[what]
    query = (
        f"SELECT {_clock('start_ms')} AS time, {_speaker(language)} AS side, item,\n"
        f"    substringUTF8(item, 1, {_ENOUGH}) AS words\n"
        f"FROM salgspuls.segments\nARRAY JOIN {what} AS item\nWHERE {THIS_CALL}\nORDER BY start_ms, segment_id, item"
    )
    to_item = to_words(messages.OPEN_WORDS.of(language), language, "${__data.fields.words:percentencode}")
    columns = [
        Column("time", messages.TIME.of(language), width=80),
        Column("side", messages.SPEAKER.of(language), width=90),
        Column("item", column.of(language), cell="wrapped", link=to_item),
        Column("words", hidden=True),
    ]
    said = Words(title.of(language), definition.of(language), empty.of(language))
    return table_panel(panel_id, at, said, query, columns)


def _deal(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    states = {
        "open": Value(messages.STATE_OPEN.of(language)),
        "won": Value(messages.STATE_WON.of(language)),
        "lost": Value(messages.STATE_LOST.of(language)),
    }
    query = (
        "SELECT name, stage, toString(state) AS status,"
        f" {sentence('{estimated_value:money}', language)} AS worth, estimated_close_on\n"
        "FROM salgspuls.opportunities\n"
        "WHERE opportunity_id IN (\n"
        f"    SELECT opportunity_id FROM salgspuls.calls WHERE {THIS_CALL} AND opportunity_id != '')"
    )
    columns = [
        Column("name", messages.DEAL_NAME.of(language)),
        Column("stage", messages.STAGE.of(language), width=90),
        Column("status", messages.STATE.of(language), values=states, width=80),
        Column("worth", messages.WORTH.of(language), width=110),
        Column("estimated_close_on", messages.CLOSES.of(language), unit=DATE.of(language), width=100),
    ]
    said = Words(messages.DEAL.of(language), messages.DEAL_IS.of(language), messages.NO_DEAL.of(language))
    return table_panel(panel_id, at, said, query, columns)
