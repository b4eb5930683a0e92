"""`salgspuls analyze`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast  # Any: JSON

import click

from clickhouse.schema.metrics import COUNTED
from streams.cli.session import Session
from streams.cli.trackers import KINDS
from streams.cli.types import RegularFile
from streams.language import Language, Text, same

if TYPE_CHECKING:
    from clickhouse.schema.rows import TrackerRow
    from processors.conversation.metrics import BySide
    from processors.conversation.state import Conversation
    from schemas.events import CallFact, TrackerChanged
    from streams.importers import Options

CALL = Text("Call", "Opkald")
SELLER = Text("Seller", "Sælger")
CUSTOMER = Text("Customer", "Kunde")
SENTIMENT = Text("Customer sentiment", "Kundesynspunkt")
LABELS = {
    "positive": Text("positive", "positiv"),
    "neutral": Text("neutral", "neutral"),
    "negative": Text("negative", "negativ"),
}
OF_SPEAKING_TIME = Text(", of their speaking time", ", af kundens taletid")
LAST_QUARTER = Text("last quarter against the first", "sidste fjerdedel mod den første")
FIRST = Text("first", "først")
NO_CALL = Text("{file}: no call could be read from it", "{file}: intet opkald kunne læses fra den")
LEFT_OUT = Text(
    "could not be read and are not in the numbers: {count} records",
    "kunne ikke læses og er ikke med i tallene: {count} poster",
)
SEVERAL_CALLS = Text(
    "{file} has several calls: choose one with --call-id, as {one} or {other}",
    "{file} har flere opkald: vælg et med --call-id, som {one} eller {other}",
)
NO_SUCH_CALL = Text(
    "{file} has no call {call_id!r}; its calls are {there}",
    "{file} har intet opkald {call_id!r}; dens opkald er {there}",
)

_SELLER_ID = "seller"
_SHOWN = 5
_STARTED_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""Stand in for what a file does not tell, and no number depends on."""


@click.command()
@click.argument("file", type=RegularFile())
@click.option("--json", "as_json", is_flag=True, help="As one JSON object, for programs.")
@click.option("--call-id", metavar="ID", help="Which call, when the file has several.")
@click.option(
    "--trackers",
    "trackers_file",
    type=RegularFile(),
    help="Keywords and competitors to listen for: JSON Lines of tracker_changed events.",
)
@click.option(
    "--seller-speaker",
    "seller_speakers",
    multiple=True,
    metavar="WHO",
    help="Name, label or channel of who sells, where the file does not tell; may be given several times.",
)
@click.option(
    "--language", metavar="TAG", help="Language, as da or en-US, where the file does not tell; else detected."
)
@click.pass_obj
def command(
    session: Session,
    file: Path,
    as_json: bool,
    call_id: str | None,
    trackers_file: Path | None,
    seller_speakers: tuple[str, ...],
    language: str | None,
) -> None:
    """Show one call's numbers, from a FILE of any format that `salgspuls import` reads, without any server.

    Nothing is kept or sent. Times are milliseconds, ratios and shares 0 to 1, compounds -1 to 1.

    \b
    Examples:
      salgspuls analyze call.json
      salgspuls analyze events.jsonl --call-id call-7 --trackers trackers.jsonl --json
    """
    from processors.conversation.state import IdentityConflictError, fold
    from streams.importers import Options
    from streams.worker.active_trackers import analyser_for

    reader = _Reader(
        Options(
            consent=True,
            seller_id=_SELLER_ID,
            seller_speakers=frozenset(seller_speakers),
            named_sellers=frozenset(seller_speakers),
            started_at=_STARTED_AT,
            language=language,
            told_in=session.language,
        )
    )
    if trackers_file:
        for _ in reader.call_facts(trackers_file):
            pass  # only its trackers count
    told_in = session.language
    facts = _of_one_call(reader.call_facts(file), call_id, file, told_in)
    if not facts and reader.problems:
        sys.exit(1)  # why stands on standard error
    if not facts:
        raise click.ClickException(NO_CALL.of(told_in).format(file=file))
    trackers = reader.trackers()
    try:
        (conversation,) = fold(((fact, _STARTED_AT) for fact in facts), analyser_for(trackers)).values()
    except IdentityConflictError as error:
        raise click.ClickException(f"{file}: {error}") from None
    numbers = _numbers(conversation, trackers)
    if as_json:
        click.echo(json.dumps(numbers, indent=2, ensure_ascii=False))
    else:
        _show(numbers, told_in)
    if reader.problems:
        raise click.ClickException(LEFT_OUT.of(told_in).format(count=reader.problems))


class _Reader:
    """Reads files: reports what is wrong in them, keeps the trackers that they define, yields the facts of calls."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._trackers: dict[str, TrackerChanged] = {}
        self.problems = 0

    def call_facts(self, path: Path) -> Iterator[CallFact]:
        from schemas.events import CallEnded, CallSegment, CallStarted, TrackerChanged
        from streams.importers import Problem, Source, read

        for item in read(Source(path, self._options.told_in), self._options):
            match item:
                case Problem():
                    self.problems += item.count
                    click.echo(item, err=True)
                case TrackerChanged():
                    known = self._trackers.get(item.tracker_id)
                    if known is None or item.revision > known.revision:
                        self._trackers[item.tracker_id] = item
                case CallStarted() | CallSegment() | CallEnded():
                    yield item

    def trackers(self) -> list[TrackerRow]:
        """The active trackers."""
        from streams.worker.facts import row_of

        listened_for = (each for each in self._trackers.values() if not each.removed)
        return [cast("TrackerRow", row_of(each, _STARTED_AT)) for each in listened_for]


def _of_one_call(
    facts: Iterable[CallFact], call_id: str | None, file: Path, told_in: Language
) -> list[CallFact]:
    """The facts of the call that is asked for, else of the only one; none when there is none."""
    found = []
    others = dict[str, None]()
    for fact in facts:
        others[fact.call_id] = None
        if call_id is None or fact.call_id == call_id:
            found.append(fact)
            if fact.call_id != found[0].call_id:
                several = SEVERAL_CALLS.of(told_in)
                raise click.UsageError(several.format(file=file, one=found[0].call_id, other=fact.call_id))
    if others and not found:
        more = " ..." if len(others) > _SHOWN else ""
        there = ", ".join(map(repr, list(others)[:_SHOWN])) + more
        raise click.ClickException(NO_SUCH_CALL.of(told_in).format(file=file, call_id=call_id, there=there))
    return found


def _numbers(conversation: Conversation, trackers: Iterable[TrackerRow]) -> dict[str, Any]:
    """What `--json` prints."""
    metrics = conversation.metrics()
    mood = metrics.sentiment
    return {
        "call_id": conversation.call_id,
        "duration_ms": metrics.duration_ms,
        "talk_ms": _by_side(metrics.talk_ms),
        "talk_ratio": metrics.talk_ratio,
        "words": _by_side(metrics.words),
        "words_per_minute": _by_side(metrics.words_per_minute),
        **dict(zip((metric.name for metric in COUNTED), metrics.word_rates, strict=True)),
        "switches": metrics.switches,
        "switches_per_hour": metrics.switches_per_hour,
        "pause_before_speaking_ms": metrics.pause_before_speaking_ms,
        "longest_monologue_ms": _by_side(metrics.longest_monologue_ms),
        "interruptions": _by_side(metrics.interruptions),
        "silence_ms": metrics.silence_ms,
        "questions": {
            "seller": metrics.questions_open.seller + metrics.questions_closed.seller,
            "customer": metrics.questions_open.customer + metrics.questions_closed.customer,
        },
        "sentiment": {
            "compound": mood.compound,
            "positive": mood.share(mood.positive_ms),
            "neutral": mood.share(mood.neutral_ms),
            "negative": mood.share(mood.negative_ms),
            "label": mood.label,
            "direction": mood.direction,
        },
        "keywords": _keywords(conversation, trackers),
    }


def _keywords(conversation: Conversation, trackers: Iterable[TrackerRow]) -> list[dict[str, Any]]:
    """The trackers that the call mentions, those with the most mentions first."""
    counted = [(tracker, conversation.mentions_of(tracker.tracker_id)) for tracker in trackers]
    mentioned = [(tracker, mentions) for tracker, mentions in counted if mentions.seller + mentions.customer]
    mentioned.sort(
        key=lambda each: (-each[1].seller - each[1].customer, each[1].first_ms, each[0].tracker_id)
    )
    return [
        {
            "tracker_id": tracker.tracker_id,
            "name": tracker.name,
            "kind": tracker.kind,
            "mentions": {"seller": mentions.seller, "customer": mentions.customer},
            "first_ms": mentions.first_ms,
        }
        for tracker, mentions in mentioned
    ]


def _by_side(value: BySide[Any]) -> dict[str, Any]:
    return {"seller": value.seller, "customer": value.customer}


def _show(numbers: dict[str, Any], told_in: Language) -> None:
    """The numbers as a table for eyes."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title=f"{CALL.of(told_in)} {numbers['call_id']}", title_justify="left")
    table.add_column("")
    for side in (CALL, SELLER, CUSTOMER):
        table.add_column(side.of(told_in), justify="right")

    def row(name: str, *cells: str) -> None:
        table.add_row(name, *(_written(cell, told_in) for cell in cells))

    for name, key, shown in _ROWS:
        value = numbers[key]
        cells = ("", value["seller"], value["customer"]) if isinstance(value, dict) else (value, "", "")
        row(name.of(told_in), *("" if cell == "" else shown(cell) for cell in cells))
    mood = numbers["sentiment"]
    table.add_section()
    label = LABELS[mood["label"]].of(told_in) if mood["label"] else _UNKNOWN
    row(SENTIMENT.of(told_in), label, "", _number(mood["compound"], "+.2f"))
    for key, word in LABELS.items():
        row(f"  {word.of(told_in)}{OF_SPEAKING_TIME.of(told_in)}", "", "", _percent(mood[key]))
    row(f"  {LAST_QUARTER.of(told_in)}", "", "", _number(mood["direction"], "+.2f"))
    for place, keyword in enumerate(numbers["keywords"]):
        if place == 0:
            table.add_section()
        mentions = keyword["mentions"]
        table.add_row(
            f"{KINDS[keyword['kind']].of(told_in).capitalize()} {keyword['name']}",
            f"{FIRST.of(told_in)} {_clock(keyword['first_ms'])}",
            str(mentions["seller"]),
            str(mentions["customer"]),
        )
    Console().print(table)


_UNKNOWN = "-"


def _number(value: float | None, form: str) -> str:
    return _UNKNOWN if value is None else format(value, form)


def _count(value: float | None) -> str:
    return _number(value, ",.0f")


def _percent(value: float | None) -> str:
    return _number(value, ".0%")


def _seconds(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value / 1000:.1f} s"


def _clock(value: int) -> str:
    minutes, milliseconds = divmod(value, 60_000)
    return f"{minutes}:{milliseconds // 1000:02}"


def _written(cell: str, told_in: Language) -> str:
    """A number as the language writes it: 1,234 and 56% are 1.234 and 56 % in Danish."""
    if told_in == "en" or not cell.strip("+-")[:1].isdigit():
        return cell
    return cell.translate(str.maketrans(",.", ".,")).replace("%", " %")


_COUNTED = {
    "filler_words_per_minute": Text("Filler words per minute, seller's", "Fyldord i minuttet, sælgerens")
}


def _counted(name: str) -> Text:
    return _COUNTED.get(name) or same(name.replace("_", " ").capitalize())


_ROWS: tuple[tuple[Text, str, Callable[[Any], str]], ...] = (
    (Text("Duration", "Varighed"), "duration_ms", _clock),
    (Text("Talk time", "Taletid"), "talk_ms", _clock),
    (Text("Talk ratio, seller's share", "Taleforhold, sælgerens andel"), "talk_ratio", _percent),
    (Text("Words", "Ord"), "words", _count),
    (Text("Words per minute", "Ord i minuttet"), "words_per_minute", _count),
    *((_counted(metric.name), metric.name, _count) for metric in COUNTED),
    (Text("Switches", "Skift"), "switches", _count),
    (Text("Switches per hour", "Skift i timen"), "switches_per_hour", _count),
    (Text("Pause before speaking, mean", "Pause før tale, i snit"), "pause_before_speaking_ms", _seconds),
    (Text("Longest monologue", "Længste monolog"), "longest_monologue_ms", _seconds),
    (Text("Interruptions", "Afbrydelser"), "interruptions", _count),
    (Text("Silence", "Stilhed"), "silence_ms", _seconds),
    (Text("Questions", "Spørgsmål"), "questions", _count),
)
