"""What is asked about one call, which the variable `call_id` names."""

from __future__ import annotations

from grafana.pages.call import texts
from grafana.pages.common import texts as words
from grafana.pages.common.queries import named_rows
from grafana.panels.queries import Query, query
from grafana.sql import Writer

THIS_CALL = "call_id = ${call_id:singlequote}"
SEARCHED = "${search:singlequote}"
_ENOUGH = 80
"""Characters of a sentence by which it is found again."""

IS_SPEECH = "NOT (consent AND text != '' AND words = 0)"
"""A segment of nothing but marks, as [noise], is no speech; one whose text is withheld may be."""
HEARD = "arrayStringConcat(arrayDistinct(mention_surfaces), ', ')"
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


RECORDING_ID = f"(SELECT any(recording_id) FROM salgspuls.calls WHERE {THIS_CALL})"
RECORDING_URL = "${recording_url:singlequote}"
PLAYED_AT = (
    "if(recording = '' OR NOT match(template, '^https?://'), NULL, replaceAll(replaceAll(template,"
    " '{recording}', encodeURLComponent(recording)), '{seconds}', toString(intDiv(start_ms, 1000))))"
)
"""Where the recording is played from a sentence on; an id is escaped, whatever it holds."""


def _clock(moment: str) -> str:
    since = f"toDateTime(intDiv({moment}, 1000), 'UTC')"
    return f"if({moment} >= 3600000, formatDateTime({since}, '%k:%i:%S'), formatDateTime({since}, '%i:%S'))"


def _side(say: Writer, column: str) -> str:
    return f"if({column} = 'seller', {say.text(texts.SELLER_SIDE)}, {say.text(texts.CUSTOMER_SIDE)})"


@query
def headline(say: Writer) -> str:
    """Title, customer, beginning and length."""
    pattern = "%d.%m.%Y %H:%i" if say.language == "da" else "%e %b %Y %H:%i"
    return (
        f"SELECT {say.sentence(texts.CALL_HEADLINE)} AS value\nFROM (\n"
        "    SELECT if(title = '', call_id, title) AS title, if(customer_name = '', '–', customer_name) AS customer,\n"
        f"        trim(formatDateTime(call_started_at, '{pattern}', '${{tz}}')) AS when,\n"
        "        duration_ms / 60000 AS minutes\n"
        f"    FROM salgspuls.calls\n    WHERE {THIS_CALL}\n)"
    )


@query
def kpis(say: Writer) -> str:
    """How it went, a row a number."""
    unknown = say.text(texts.NOTE_NONE)

    def row(name: str, value: tuple[str, str], other: tuple[str, str], note: str) -> str:
        shown, beside = (say.sentence(f"{{value:{how}}}", value=column) for column, how in (value, other))
        said = say.sentence(note, other=beside)
        return f"('{name}', ifNull({shown}, '–'), ifNull({said}, {unknown}))"

    label = "multiIf(" + ", ".join(
        f"sentiment_label = '{raw}', {say.text(text)}"
        for raw, text in (
            ("positive", words.POSITIVE),
            ("neutral", words.NEUTRAL),
            ("negative", words.NEGATIVE),
        )
    )
    mean = say.sentence(texts.NOTE_MEAN, other=say.sentence("{sentiment_compound:hundredths}"))
    customer, hour, silence, seller = (
        note.of(say.language)
        for note in (texts.NOTE_CUSTOMER, texts.NOTE_HOUR, texts.NOTE_SILENCE, texts.NOTE_SELLER)
    )
    rows = [
        f"('sentiment', {label}, '–'), ifNull({mean}, {unknown}))",
        row("talk-ratio", ("talk_ratio", "percent"), ("1 - talk_ratio", "percent"), customer),
        row("speed", ("words_per_minute_seller", "whole"), ("words_per_minute_customer", "whole"), customer),
        row("switches", ("switches", "whole"), ("switches_per_hour", "whole"), hour),
        row(
            "pause", ("pause_before_speaking_ms / 1000", "seconds"), ("silence_ms / 1000", "seconds"), silence
        ),
        row(
            "monologue",
            ("longest_monologue_customer_ms / 1000", "seconds"),
            ("longest_monologue_seller_ms / 1000", "seconds"),
            seller,
        ),
    ]
    return named_rows(rows, f"salgspuls.calls\n    WHERE {THIS_CALL}")


@query
def timeline(say: Writer) -> str:
    """Who speaks when, by sentiment, and which keyword falls when: a row at each change."""
    state = "if(sentiment = '', 'neutral', sentiment)"
    at_edge = "arrayFirst(s -> s.1 <= edge AND edge < s.2, {side}).3"
    return (
        "WITH spoken AS (\n"
        "    SELECT\n"
        f"        groupArrayIf((start_ms, end_ms, {state}), speaker = 'seller') AS sellers,\n"
        f"        groupArrayIf((start_ms, end_ms, {state}), speaker = 'customer') AS customers,\n"
        f"        groupArrayIf((start_ms, end_ms, {HEARD}),"
        " notEmpty(mention_surfaces)) AS keywords,\n"
        "        arraySort(arrayDistinct(arrayFlatten(groupArray([start_ms, end_ms])))) AS edges,\n"
        "        any(call_started_at) AS began\n"
        f"    FROM (SELECT * FROM salgspuls.segments WHERE {THIS_CALL} AND {IS_SPEECH} ORDER BY start_ms)\n)\n"
        "SELECT addMilliseconds(began, edge) AS time,\n"
        f"    {at_edge.format(side='customers')} AS customer, {at_edge.format(side='sellers')} AS seller,\n"
        f"    {at_edge.format(side='keywords')} AS keyword\n"
        "FROM spoken\nARRAY JOIN edges AS edge\nORDER BY time"
    )


@query
def transcript(say: Writer) -> str:
    """What was said, of a search what it finds; what is mentioned stands in ‹marks›."""
    return (
        f"WITH {RECORDING_ID} AS recording, {RECORDING_URL} AS template\n"
        f"SELECT {_clock('start_ms')} AS time, {_side(say, 'speaker')} AS side, {MARKED} AS said, sentiment,\n"
        f"    {PLAYED_AT} AS recording_url, if(recording_url IS NULL, NULL, {say.text(texts.PLAY)}) AS play\n"
        f"FROM (\n    SELECT *, {PLACES} AS places\n    FROM salgspuls.segments\n"
        f"    WHERE {THIS_CALL} AND text != ''\n    AND (\n        {FOUND}\n    )\n)\n"
        "ORDER BY start_ms, end_ms, segment_id\nLIMIT 5000"
    )


@query
def participants(say: Writer) -> str:
    """Who takes part."""
    return (
        f"SELECT name, {_side(say, 'side')} AS side_title\n"
        f"FROM salgspuls.calls\nARRAY JOIN participant_names AS name, participant_sides AS side\nWHERE {THIS_CALL}"
    )


@query
def mentions(say: Writer) -> str:
    """What was mentioned, by kind."""
    keyword, competitor, name = (
        say.text(text) for text in (texts.KIND_KEYWORD, texts.KIND_COMPETITOR, texts.KIND_NAME)
    )
    return (
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


_ONCE = "\nLIMIT 1 BY side, lowerUTF8(replaceRegexpAll(item, '[^\\\\p{L}\\\\p{N}]+', ' '))"
"""What is promised again is promised once."""


def sentences(column: str) -> Query:
    """Sentences that a column of the segments has: questions, or actions."""
    return Query(
        f"call.{column}",
        lambda say: (
            f"SELECT {_clock('start_ms')} AS time, {_side(say, 'speaker')} AS side, item,\n"
            f"    substringUTF8(item, 1, {_ENOUGH}) AS words\n"
            f"FROM salgspuls.segments\nARRAY JOIN {column} AS item\nWHERE {THIS_CALL}\n"
            "ORDER BY start_ms, segment_id, item" + (_ONCE if column == "actions" else "")
        ),
    )


@query
def deal(say: Writer) -> str:
    """The opportunity that the call is about."""
    return (
        "SELECT name, stage, toString(state) AS status,"
        f" {say.sentence('{estimated_value:money}')} AS worth, estimated_close_on,"
        " opportunity_id\n"
        "FROM salgspuls.opportunities\n"
        "WHERE opportunity_id IN (\n"
        f"    SELECT opportunity_id FROM salgspuls.calls WHERE {THIS_CALL} AND opportunity_id != '')"
    )
