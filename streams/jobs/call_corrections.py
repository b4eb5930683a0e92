"""What an import says of calls, compared with what is stored before it is sent.

A call that is stored already is not changed by the same revision, nor moved to another seller or start by any: a worker
takes the one for a duplicate and rejects the other. So both are reported here, with what to do. A higher revision
corrects; where it names another seller or start, or has fewer segments, the stored call is taken out first: its
statements up to the stored revision are rejected from then on, and its rows deleted.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple  # Any: values as the driver has them

from clickhouse_connect.driver import Client
from clickhouse_connect.driver.exceptions import DatabaseError

from clickhouse.aggregates import Hour, hour_of
from clickhouse.erasure import Eraser, Erasure, Fact, RetentionFloor, Subject, digest
from clickhouse.schema.tables import STORE
from processors.analysis.masking import mask
from processors.analysis.terms import MAX_TERMS, MIN_PAIR_COUNT
from schemas.events import AnyEvent, CallEnded, CallFact, CallSegment, CallStarted
from schemas.fields import MAX_REVISION
from streams.errors import SalgspulsError
from streams.importers import Item, Options, Problem, Source
from streams.importers.json_lines import JsonLines
from streams.language import Text

_ROUNDS = 5
_NO_RIGHT = (164, 497)  # READONLY, ACCESS_DENIED


class NoRightToReplaceError(SalgspulsError):
    """ClickHouse's user may not delete, so that no call can be taken out."""

    def __init__(self) -> None:
        super().__init__(
            "a stored call must be taken out before its correction is sent, and ClickHouse's user may not delete",
            remedy="set SALGSPULS_CLICKHOUSE_WRITER_USER and ..._PASSWORD to the user that migrates, then import again",
        )


class Words(NamedTuple):
    """What a segment says, as far as an import may correct it."""

    speaker: str
    start_ms: int
    end_ms: int
    consent: bool
    text: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A call as it is stored."""

    seller_id: str
    started_at: datetime
    revision: int
    """The highest of its facts."""
    segments: dict[str, Words]
    duration_ms: int | None
    about: tuple[str, ...] | None = None
    """Customer, deal, direction and channel; None while no start is stored."""


CALL = Text("call {call_id}", "opkald {call_id}")
ERASED = Text("was erased, and is not taken again", "blev slettet og tages ikke igen")
REPLACED = Text(
    "was replaced by a later import: --revision {revision} replaces that",
    "blev erstattet af en senere import: --revision {revision} erstatter den",
)
OTHER_SELLER = Text(
    "is stored as a call of {stored}, and not of {said}: --revision {revision} moves it",
    "er gemt som et opkald fra {stored} og ikke fra {said}: --revision {revision} flytter det",
)
OTHER_START = Text(
    "is stored as begun at {stored:%Y-%m-%dT%H:%M:%SZ}, and not at {said:%Y-%m-%dT%H:%M:%SZ}: --revision {revision} "
    "moves it",
    "er gemt som begyndt {stored:%Y-%m-%dT%H:%M:%SZ} og ikke {said:%Y-%m-%dT%H:%M:%SZ}: --revision {revision} flytter "
    "det",
)
OTHER_WORDS = Text(
    "is stored already, and {other} of its {count} segments differ: --revision {revision} corrects it",
    "er allerede gemt, og {other} af dets {count} segmenter afviger: --revision {revision} retter det",
)
OTHER_LENGTH = Text(
    "is stored already with another length, customer, deal or channel: --revision {revision} corrects it",
    "er allerede gemt med en anden længde, kunde, handel eller kanal: --revision {revision} retter det",
)


class Decision(NamedTuple):
    """What is to become of a call that is stored already: rejected for a reason, or sent, perhaps in its place."""

    rejected: Text | None = None
    replaces: bool = False


def decide(stored: Stored | None, call: Sequence[CallFact], erased_up_to: int = 0) -> Decision:
    """What is to become of a call. `erased_up_to` is the revision up to which statements of it are rejected."""
    first = call[0]
    revision = max(fact.revision for fact in call)
    if revision <= erased_up_to:
        if erased_up_to == MAX_REVISION:
            return Decision(ERASED)
        return Decision(REPLACED.filled(revision=erased_up_to + 1))
    if stored is None:
        return Decision()
    corrects = revision > stored.revision
    revision = stored.revision + 1
    if stored.seller_id != first.seller_id:
        known = OTHER_SELLER.filled(
            stored=repr(stored.seller_id), said=repr(first.seller_id), revision=revision
        )
        return Decision(replaces=True) if corrects else Decision(known)
    if stored.started_at != first.call_started_at:
        known = OTHER_START.filled(stored=stored.started_at, said=first.call_started_at, revision=revision)
        return Decision(replaces=True) if corrects else Decision(known)
    said = {fact.segment_id: _words(fact) for fact in call if isinstance(fact, CallSegment)}
    gone = stored.segments.keys() - said.keys()
    if corrects:
        return Decision(replaces=bool(gone))
    other = sum(known != said[key] for key, known in stored.segments.items() if key in said) + len(gone)
    if other:
        return Decision(OTHER_WORDS.filled(other=other, count=len(stored.segments), revision=revision))
    about = [_about(fact) for fact in call if isinstance(fact, CallStarted)]
    lengths = [fact.duration_ms for fact in call if isinstance(fact, CallEnded)]
    if (stored.about and about and stored.about != about[0]) or (
        stored.duration_ms is not None and lengths and stored.duration_ms != lengths[0]
    ):
        return Decision(OTHER_LENGTH.filled(revision=revision))
    return Decision()


def _about(started: CallStarted) -> tuple[str, ...]:
    known = (started.customer_id, started.opportunity_id, started.direction, started.channel)
    return tuple(value or "" for value in known)


def _words(segment: CallSegment) -> Words:
    text = mask(segment.text) if segment.consent else ""
    return Words(segment.speaker, segment.start_ms, segment.end_ms, segment.consent, text)


class CallCorrections:
    """Compares calls with the store on their way, and takes out those that are replaced.

    `until_noticed` returns when all workers go by the list of what is rejected; `say` gets lines for people.
    """

    def __init__(
        self,
        client: Client,
        kept: RetentionFloor,
        until_noticed: Callable[[], None],
        say: Callable[[str], None],
        asked_by: str,
    ) -> None:
        self._client = client
        self._kept = kept
        self._until_noticed = until_noticed
        self._say = say
        self._asked_by = asked_by

    def checked(self, items: Iterable[Item], source: Source) -> Iterator[Item]:
        """The items of a file, calls that the store contradicts replaced by a problem.

        A transcript states all of a call, from its start to its end. Our own events may state a part of one, and are
        passed on as they are.
        """
        if JsonLines().recognises(source, Options()):
            yield from items
            return
        call: list[CallFact] = []
        for item in items:
            if isinstance(item, CallStarted) or (call and not _continues(call, item)):
                yield from self._settled(call, source)
                call = []
            if isinstance(item, CallStarted) or (call and _continues(call, item)):
                call.append(item)  # type: ignore[arg-type]  # a fact of the call, as was seen
            else:
                yield item
        yield from self._settled(call, source)

    def _settled(self, call: Sequence[CallFact], source: Source) -> Iterator[Item]:
        if not call:
            return
        decision = decide(self.stored(call[0].call_id), call, self.erased_up_to(call[0].call_id))
        if decision.rejected:
            place = CALL.filled(call_id=call[0].call_id).of(source.told_in)
            yield Problem(source.path, None, source.say(decision.rejected, place), len(call))
            return
        if decision.replaces:
            self.take_out(call[0].call_id)
        yield from call

    def stored(self, call_id: str) -> Stored | None:
        """What is stored of a call."""
        calls = self._rows(
            "SELECT seller_id, call_started_at, greatest(started_revision, ended_revision), ended_revision, "
            "ended_duration_ms, started_revision, customer_id, opportunity_id, direction, channel "
            f"FROM {STORE}.calls FINAL WHERE call_id = {{id:String}}",
            call_id,
        )
        segments = self._rows(
            "SELECT segment_id, seller_id, call_started_at, revision, speaker, start_ms, end_ms, consent, text "
            f"FROM {STORE}.segments FINAL WHERE call_id = {{id:String}}",
            call_id,
        )
        if not calls and not segments:
            return None
        seller_id, started_at = calls[0][:2] if calls else segments[0][1:3]
        return Stored(
            seller_id,
            started_at,
            max([row[2] for row in calls] + [row[3] for row in segments]),
            {row[0]: Words(row[4], row[5], row[6], bool(row[7]), row[8]) for row in segments},
            next((row[4] for row in calls if row[3]), None),
            next((tuple(row[6:]) for row in calls if row[5]), None),
        )

    def erased_up_to(self, call_id: str) -> int:
        """Up to which revision statements of a call are rejected."""
        rows = self._rows(
            f"SELECT max(revision) FROM {STORE}.erased WHERE digest = {{id:String}}", digest("call", call_id)
        )
        return int(rows[0][0])

    def take_out(self, call_id: str) -> None:
        """Delete a call, and reject what comes again of it. Safe to run again, also after it was broken off."""
        eraser = Eraser(self._client)
        try:
            eraser.check_rights()
        except DatabaseError as error:
            if error.code in _NO_RIGHT:
                raise NoRightToReplaceError from None
            raise
        now = datetime.now(UTC)
        erasure = Erasure(str(uuid.uuid4()), Subject("call", call_id), self._asked_by, now)
        stored = self.stored(call_id)
        revision = max(stored.revision if stored else 1, self.erased_up_to(call_id))
        self._say(f"call {call_id}: taken out, and sent anew")
        hours: set[Hour] = eraser.unfinished_hours()
        everything = datetime(2106, 1, 1, tzinfo=UTC)
        for _ in range(_ROUNDS):
            facts = [fact._replace(revision=revision) for fact in eraser.find(erasure.subject, everything)]
            if not facts:
                break
            self._remove(eraser, erasure, facts)
            hours |= {Hour(fact.seller_id, hour_of(fact.started_at)) for fact in facts if fact.started_at}
        eraser.recompute(hours, self._kept, MAX_TERMS, MIN_PAIR_COUNT)
        eraser.forget_hours()
        eraser.announce(erasure, [Fact("call", call_id)], datetime.now(UTC))

    def _remove(self, eraser: Eraser, erasure: Erasure, facts: Sequence[Fact]) -> None:
        eraser.mark(facts)
        eraser.announce(erasure, facts)
        self._until_noticed()
        eraser.delete(facts)

    def _rows(self, query: str, identifier: str) -> Sequence[Sequence[Any]]:
        return self._client.query(query, {"id": identifier}, tz_mode="aware").result_rows


def _continues(call: Sequence[CallFact], item: AnyEvent | Problem) -> bool:
    return isinstance(item, CallSegment | CallEnded) and item.call_id == call[0].call_id
