"""Erasing the data of a customer, a seller or a call: in ClickHouse, and in the workers that go on meanwhile.

The facts that belong to the subject are put on a list first. Workers reject what is on it and forget what they held;
only then are rows deleted, and what is counted from them is counted again. A run that was broken off is simply run
again: what is on the list and still stored is found by the list.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from clickhouse.aggregates import Hour, hour_of
from clickhouse.erasure import Eraser, Erasure, Fact, RetentionFloor
from processors.analysis.terms import MAX_TERMS, MIN_PAIR_COUNT
from streams.errors import SalgspulsError

_ROUNDS = 5


class ErasureIncompleteError(SalgspulsError):
    """Rows of erased facts were stored again and again while they were being deleted."""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to erase: facts, the tables with the number of their rows, hours that a run left uncounted."""

    facts: Sequence[Fact]
    rows: dict[str, int]
    hours: frozenset[Hour]

    def __bool__(self) -> bool:
        return bool(self.rows or self.hours)


@dataclass(frozen=True, slots=True)
class EraseDependencies:
    """What an erasure needs besides ClickHouse.

    `until_noticed` returns when all workers go by the list; `forget_seller` takes a seller out of the topic of
    settings, which would keep them for ever; `say` gets lines for people, without ids; `now` is the clock.
    """

    until_noticed: Callable[[], None]
    forget_seller: Callable[[str], None]
    say: Callable[[str], None]
    now: Callable[[], datetime]


def find(eraser: Eraser, erasure: Erasure) -> Found:
    """What there is to erase, with what earlier runs left behind."""
    known = eraser.find(erasure.subject, erasure.begun_at)
    facts = list({(fact.kind, fact.id): fact for fact in eraser.find_again() + known}.values())
    rows = eraser.count(erasure.subject, facts, erasure.begun_at)
    return Found(facts, rows, frozenset(eraser.unfinished_hours()))


def erase(
    eraser: Eraser, erasure: Erasure, found: Found, kept: RetentionFloor, needs: EraseDependencies
) -> None:
    """Erase what was found and what else names the subject. Raises ErasureIncompleteError."""
    eraser.check_rights()
    marked = _mark(eraser, erasure, found.facts, needs)
    eraser.delete_dead_letters({erasure.subject.id, *(fact.id for fact in marked)})
    _delete(eraser, erasure, marked, found.hours, kept, needs)
    eraser.forget_hours()
    eraser.announce(erasure, marked, needs.now())


def _mark(eraser: Eraser, erasure: Erasure, facts: Sequence[Fact], needs: EraseDependencies) -> list[Fact]:
    """Put the facts on the list, and what came in meanwhile, until the workers go by all of it."""
    marked: dict[tuple[str, str], Fact] = {}
    while new := [fact for fact in facts if (fact.kind, fact.id) not in marked]:
        marked |= {(fact.kind, fact.id): fact for fact in new}
        eraser.mark(new)
        eraser.announce(erasure, marked.values())
        for fact in new:
            if fact.kind == "seller":
                needs.forget_seller(fact.id)
        needs.say(f"{len(new)} facts marked as erased; waiting until the workers reject them")
        needs.until_noticed()
        facts = eraser.find(erasure.subject, erasure.begun_at)
    return list(marked.values())


def _delete(
    eraser: Eraser,
    erasure: Erasure,
    facts: Sequence[Fact],
    hours: Iterable[Hour],
    kept: RetentionFloor,
    needs: EraseDependencies,
) -> None:
    """Delete the rows, count the hours again, and look whether a worker that came late has stored a part once more."""
    hours = set(hours)
    for _ in range(_ROUNDS):
        eraser.delete(facts)
        eraser.delete_names(erasure.subject, erasure.begun_at, f"erased-{secrets.token_hex(4)}")
        needs.say("rows deleted; waiting until nothing is counted any more that was there before")
        needs.until_noticed()
        hours |= {
            Hour(fact.seller_id, hour_of(fact.started_at)) for fact in facts if fact.started_at is not None
        }
        eraser.recompute(hours, kept, MAX_TERMS, MIN_PAIR_COUNT)
        needs.say(f"{len(hours)} hours counted again")
        facts = eraser.find_again()
        if not facts:
            return
        eraser.mark(facts)
    raise ErasureIncompleteError(
        "what was erased is stored again and again, for a worker does not go by the list of erased facts",
        remedy="stop the workers that are older than this program, then run the same command again",
    )
