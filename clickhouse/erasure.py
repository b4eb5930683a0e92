"""Erasing what is stored of a customer, a seller or a call: what belongs to it, and the statements that delete it.

ClickHouse keeps the text of its last mutations beside the data, so mutations name digests, never an id. How each table
is dealt with stands in `clickhouse.schema.tables`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple, TypeVar  # Any: values as the driver has them

from clickhouse_connect.driver import Client

from clickhouse import months
from clickhouse.aggregates import Hour, hour_of, refresh_statements, word_statement
from clickhouse.months import Month
from clickhouse.schema.tables import STORE, TABLES
from schemas.fields import MAX_REVISION

SubjectKind = Literal["customer", "seller", "call", "customer_name"]
"""A call is erased by its id, also when a correction replaces it; `customer_name` is a customer whom calls know by name
only."""
FactKind = Literal["call", "opportunity", "activity", "seller"]

_ID_COLUMNS: dict[FactKind, str] = {
    "call": "call_id",
    "opportunity": "opportunity_id",
    "activity": "activity_id",
    "seller": "seller_id",
}
_BY_FACT: dict[str, FactKind] = {
    table.name: kind for table in TABLES.values() for kind in _ID_COLUMNS if table.erasure == f"by {kind}"
}
"""Table -> the kind of fact by which its rows are erased."""
_WORDS = "word_hours"  # from segments
_HOURS = tuple(  # from calls and what they mention
    table.name
    for table in TABLES.values()
    if table.erasure == "recomputed" and "hour" in table.key and table.name != _WORDS
)

_AT_ONCE = 2_000  # digests in a statement: half of what a query may be long by default
_HOURS_AT_ONCE = 500
_NEVER = datetime.fromtimestamp(0, UTC)
_SHOWN = 59  # so many characters of a value are shown in a dead letter's detail
# an id in such a detail: quoted, perhaps cut, or one of two that contradict each other
_QUOTED = re.compile(r"'([^']+?)(?:'|…)|\"([^\"]+?)(?:\"|…)|: (.+?) contradicts (.+?), by which")

T = TypeVar("T")


class Subject(NamedTuple):
    """Whose data it is."""

    kind: SubjectKind
    id: str


class Fact(NamedTuple):
    """What belongs to a subject; once erased, statements of it up to `revision` are rejected.

    `started_at` is a call's start, a seller's the moment up to which their calls are erased.
    """

    kind: FactKind
    id: str
    revision: int = MAX_REVISION
    seller_id: str = ""
    started_at: datetime | None = None


class RetentionFloor(NamedTuple):
    """Since when calls and segments are kept, and so, since when what is counted from them can be counted again."""

    calls_since: datetime
    segments_since: datetime


class Erasure(NamedTuple):
    """One run: whose data, at whose request, and up to when."""

    id: str
    subject: Subject
    asked_by: str
    begun_at: datetime


class _Naming(NamedTuple):
    """Rows of others that name the subject: they lose the name (`change`), or go when there is no change."""

    table: str
    where: str
    change: str = ""
    not_counted: str = "0"
    """Which of them are the subject's own, and deleted before."""


def digest(kind: str, identifier: str) -> str:
    """The SHA-256, in hexadecimal, by which an erased id is known."""
    return hashlib.sha256(f"{kind}:{identifier}".encode()).hexdigest()


def _digest_sql(kind: str, column: str) -> str:
    return f"lower(hex(SHA256(concat('{kind}:', {column}))))"


_CUSTOMERS_DEALS = f"""SELECT opportunity_id FROM {STORE}.opportunity_changes GROUP BY opportunity_id
    HAVING argMaxIf(customer_id, (changed_at, revision), customer_id != '') = {{id:String}}"""
_UNTIL = "fromUnixTimestamp64Milli({until:Int64}, 'UTC')"

_SAME_NAME = "lowerUTF8(trimBoth(customer_name)) = lowerUTF8(trimBoth({id:String}))"

_BELONGS: dict[SubjectKind, dict[FactKind, str]] = {
    "customer": {
        "call": f"SELECT call_id, seller_id, call_started_at FROM {STORE}.calls FINAL "
        f"WHERE call_started_at <= {_UNTIL} AND "
        f"(customer_id = {{id:String}} OR customer_id = '' AND opportunity_id IN ({_CUSTOMERS_DEALS}))",
        "opportunity": _CUSTOMERS_DEALS,
        "activity": f"SELECT activity_id FROM {STORE}.activities FINAL "
        f"WHERE opportunity_id IN ({_CUSTOMERS_DEALS})",
    },
    "seller": {
        "call": f"SELECT DISTINCT call_id, seller_id, call_started_at FROM {STORE}.calls "
        f"WHERE seller_id = {{id:String}} AND call_started_at <= {_UNTIL}",
        "activity": f"SELECT activity_id FROM {STORE}.activities FINAL "
        f"WHERE seller_id = {{id:String}} AND started_at <= {_UNTIL}",
    },
    "call": {
        "call": " UNION DISTINCT ".join(
            f"SELECT DISTINCT call_id, seller_id, call_started_at FROM {STORE}.{table} "
            f"WHERE call_id = {{id:String}} AND call_started_at <= {_UNTIL}"
            for table in ("calls", "segments")
        )
    },
    "customer_name": {
        "call": f"SELECT call_id, seller_id, call_started_at FROM {STORE}.calls FINAL "
        f"WHERE call_started_at <= {_UNTIL} AND customer_id = '' AND {_SAME_NAME}",
    },
}

# calls that a correction has given to another customer: until ClickHouse merges, a replaced row names the first one
_PASSED_ON = f"""SELECT DISTINCT call_id, call_started_at FROM {STORE}.calls WHERE customer_id = {{id:String}}
    AND call_id NOT IN (SELECT call_id FROM {STORE}.calls FINAL WHERE customer_id = {{id:String}})"""


class Eraser:
    """The statements of an erasure, through a client of a user that may alter tables. Each may be repeated."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._announced = 0

    def find(self, subject: Subject, until: datetime) -> list[Fact]:
        """What belongs to a subject: of calls and activities those that began up to `until`."""
        parameters = {"id": subject.id, "until": _milliseconds(until)}
        facts = [
            Fact(kind, row[0]) if kind != "call" else Fact(kind, row[0], MAX_REVISION, *row[1:])
            for kind, query in _BELONGS[subject.kind].items()
            for row in self._rows(query, parameters)
        ]
        if subject.kind == "seller":
            stored = f"SELECT max(revision) FROM {STORE}.sellers WHERE seller_id = {{id:String}}"
            [(revision,)] = self._rows(stored, parameters)
            facts.append(Fact("seller", subject.id, revision, subject.id, until))
        return facts

    def find_again(self) -> list[Fact]:
        """What is stored although it was erased: left by a run that was broken off, or by a worker that came late."""
        facts = {
            Fact("call", *row)
            for table in _BY_FACT
            if _BY_FACT[table] == "call"
            for row in self._rows(
                f"SELECT DISTINCT call_id, {MAX_REVISION}, seller_id, call_started_at FROM {STORE}.{table} "
                f"WHERE {_is_erased('call', 'call_id')}"  # and not one that was replaced by a correction
            )
        }
        facts |= {
            Fact("activity", *row)
            for row in self._rows(
                f"SELECT DISTINCT activity_id FROM {STORE}.activities "
                f"WHERE {_is_erased('activity', 'activity_id')} OR {_is_erased('opportunity', 'opportunity_id')}"
            )
        }
        facts |= {
            Fact("opportunity", *row)
            for row in self._rows(
                f"SELECT DISTINCT opportunity_id FROM {STORE}.opportunity_changes "
                f"WHERE {_is_erased('opportunity', 'opportunity_id')}"
            )
        }
        facts |= {
            Fact("seller", *row)
            for row in self._rows(
                "SELECT DISTINCT sellers.seller_id, erased.revision, erased.seller_id, erased.hour "
                f"FROM {STORE}.sellers AS sellers "
                f"INNER JOIN {STORE}.erased AS erased "
                f"ON erased.digest = {_digest_sql('seller', 'sellers.seller_id')} "
                "WHERE sellers.revision <= erased.revision AND erased.kind = 'seller'"
            )
        }
        return sorted(facts, key=lambda fact: (fact.kind, fact.id))

    def unfinished_hours(self) -> set[Hour]:
        """The buckets that erasures which did not end have to recompute."""
        rows = self._rows(f"SELECT DISTINCT seller_id, hour FROM {STORE}.erased WHERE seller_id != ''")
        return {Hour(*row) for row in rows}

    def count(self, subject: Subject, facts: Sequence[Fact], until: datetime) -> dict[str, int]:
        """Table -> rows that are erased; "table (the id in them)" -> rows that only lose the subject's id."""
        rows = {
            table: sum(
                self._count(f"{STORE}.{table} FINAL", condition) for condition in _conditions(kind, facts)
            )
            for table, kind in _BY_FACT.items()
        }
        for naming in self._naming(subject, until, ""):
            label = f"{naming.table} (the id in them)" if naming.change else naming.table
            where = f"{naming.where} AND NOT ({naming.not_counted})"
            # versions of one row are one row, whether or not ClickHouse has merged them
            key = ", ".join(TABLES[naming.table].key)
            query = f"SELECT uniqExact({key}) FROM {STORE}.{naming.table} WHERE {where}"
            [(found,)] = self._rows(query, {"id": subject.id})
            rows[label] = rows.get(label, 0) + int(found)
        rows["dead_letters"] = len(self._dead_letters({subject.id, *(fact.id for fact in facts)}))
        return {label: number for label, number in rows.items() if number}

    def check_rights(self) -> None:
        """Raises what ClickHouse raises when the user may not delete rows."""
        self._mutate("erased", "DELETE WHERE 0")

    def mark(self, facts: Iterable[Fact]) -> None:
        """Put facts on the list of what must not come back."""
        rows = [
            [
                fact.kind,
                digest(fact.kind, fact.id),
                fact.revision,
                fact.seller_id,
                hour_of(fact.started_at or _NEVER),
            ]
            for fact in facts
        ]
        columns = ("kind", "digest", "revision", "seller_id", "hour")
        self._client.insert("erased", rows, column_names=columns, database=STORE)

    def announce(
        self, erasure: Erasure, facts: Collection[Fact], finished_at: datetime | None = None
    ) -> None:
        """Write down how far the erasure is. Each time, workers read the list of erased facts again."""
        self._announced += 1
        found = [fact.kind for fact in facts]
        row = {
            "erasure_id": erasure.id,
            "version": self._announced,
            "subject": erasure.subject.kind,
            "digest": digest(*erasure.subject),
            "asked_by": erasure.asked_by,
            "begun_at": erasure.begun_at,
            "finished_at": finished_at,
            "calls": found.count("call"),
            "opportunities": found.count("opportunity"),
            "activities": found.count("activity"),
        }
        self._client.insert("erasures", [list(row.values())], column_names=list(row), database=STORE)

    def delete(self, facts: Sequence[Fact]) -> None:
        """Delete the rows of these facts from all tables."""
        for table in _BY_FACT:
            self._delete(table, facts)

    def _delete(self, table: str, facts: Sequence[Fact]) -> None:
        for condition in _conditions(_BY_FACT[table], facts):
            self._mutate(table, f"DELETE WHERE {condition}")

    def delete_names(self, subject: Subject, until: datetime, pseudonym: str) -> None:
        """Take the subject out of rows that are not their own; deals of a seller become the pseudonym's."""
        for naming in self._naming(subject, until, pseudonym):
            change = f"UPDATE {naming.change}" if naming.change else "DELETE"
            self._mutate(naming.table, f"{change} WHERE {naming.where}")

    def delete_dead_letters(self, identifiers: Collection[str]) -> None:
        """Delete what is known of rejected messages where it names one of these."""
        letters = self._dead_letters(identifiers)
        for some in _some(letters, _AT_ONCE):
            keys = ", ".join(f"('{topic}', {partition}, {offset})" for topic, partition, offset in some)
            self._mutate("dead_letters", f"DELETE WHERE (topic, partition, offset) IN ({keys})")

    def recompute(
        self, hours: Collection[Hour], kept: RetentionFloor, max_terms: int, min_pair_count: int
    ) -> None:
        """Write these buckets again from the calls that are left; those that cannot be computed any more stay.

        They are deleted first, for with the erased calls a bucket has a higher version than without."""
        by_calls = sorted(hour for hour in hours if hour.hour >= kept.calls_since)
        by_segments = [hour for hour in by_calls if hour.hour >= kept.segments_since]
        for some in _some(by_calls, _HOURS_AT_ONCE):
            for table in _HOURS:
                self._mutate(table, f"DELETE WHERE {_is_one_of(some)}")
            for statement in refresh_statements(some):
                self._client.command(statement)
        for some in _some(by_segments, _HOURS_AT_ONCE):
            self._mutate(_WORDS, f"DELETE WHERE {_is_one_of(some)}")
            self._client.command(word_statement(some, max_terms, min_pair_count))
        self._recompute_months(sorted(months.over(by_calls, datetime.now(UTC))))

    def _recompute_months(self, over: Sequence[Month]) -> None:
        for some in _some(over, _HOURS_AT_ONCE):
            buckets = ", ".join(
                f"('{digest('seller', seller)}', toDate('{month}'))" for seller, month in some
            )
            for table in months.LEVELS:
                self._mutate(
                    table, f"DELETE WHERE ({_digest_sql('seller', 'seller_id')}, month) IN ({buckets})"
                )
                for statement in months.refresh_statements(table, some):
                    self._client.command(statement)

    def forget_hours(self) -> None:
        """Nothing is left to recompute."""
        self._mutate("erased", "UPDATE seller_id = '', hour = 0 WHERE seller_id != ''")

    def _naming(self, subject: Subject, until: datetime, pseudonym: str) -> list[_Naming]:
        known_as = digest(*subject)

        def names(column: str) -> str:
            return f"{_digest_sql(subject.kind, column)} = '{known_as}'"

        def changes(column: str) -> str:
            return f"{names(column)} AND received_at <= {_moment(until)}"

        if subject.kind == "customer":
            passed_on = [
                Fact("call", call_id, started_at=started_at)
                for call_id, started_at in self._rows(_PASSED_ON, {"id": subject.id})
            ]
            return [
                *(
                    _Naming("calls", f"{names('customer_id')} AND {condition}")
                    for condition in _conditions("call", passed_on)
                ),
                # a deal that has passed to another customer
                _Naming(
                    "opportunity_changes",
                    changes("customer_id"),
                    "customer_id = ''",
                    not_counted=f"opportunity_id IN ({_CUSTOMERS_DEALS})",
                ),
            ]
        if subject.kind != "seller":
            return []  # the call itself goes, and nothing else names it
        return [
            _Naming("opportunity_changes", changes("seller_id"), f"seller_id = '{pseudonym}'"),
            _Naming("sellers", names("manager_id"), "manager_id = ''"),
            *(
                _Naming(table, f"{names('seller_id')} AND hour <= {_moment(until)}")
                for table in (*_HOURS, _WORDS)
            ),
            *(
                _Naming(
                    table, f"{names('seller_id')} AND month <= toDate('{until.astimezone(UTC):%Y-%m-%d}')"
                )
                for table in months.LEVELS
            ),
        ]

    def _dead_letters(self, identifiers: Collection[str]) -> list[tuple[str, int, int]]:
        """Topic, partition and offset of those that name one of these ids."""
        named = {identifier[:length] for identifier in identifiers for length in (None, _SHOWN)}
        return [
            (topic, partition, offset)
            for topic, partition, offset, detail in self._rows(
                f"SELECT topic, partition, offset, detail FROM {STORE}.dead_letters"
            )
            if any(part in named for found in _QUOTED.findall(detail) for part in found)
        ]

    def _mutate(self, table: str, command: str) -> None:
        """Returns when it is done, on all replicas."""
        self._client.command(f"ALTER TABLE {STORE}.{table} {command} SETTINGS mutations_sync = 2")

    def _count(self, source: str, where: str) -> int:
        [(number,)] = self._rows(f"SELECT count() FROM {source} WHERE {where}")
        return int(number)

    def _rows(self, query: str, parameters: dict[str, object] | None = None) -> list[tuple[Any, ...]]:
        found = self._client.query(query, parameters, tz_mode="aware")
        return [tuple(row) for row in found.result_rows]


def _conditions(kind: str, facts: Iterable[Fact]) -> Iterator[str]:
    """Conditions that together select the rows of the facts of a kind."""
    of_kind = [fact for fact in facts if fact.kind == kind]
    for some in _some(of_kind, _AT_ONCE):
        digests = ", ".join(f"'{digest(fact.kind, fact.id)}'" for fact in some)
        condition = f"{_digest_sql(kind, _ID_COLUMNS[some[0].kind])} IN ({digests})"
        if kind == "call":  # so that ClickHouse looks at these months only
            starts = [fact.started_at for fact in some if fact.started_at is not None]
            condition += f" AND call_started_at BETWEEN {_moment(min(starts))} AND {_moment(max(starts))}"
        yield condition


def _is_erased(kind: FactKind, column: str) -> str:
    return (
        f"{_digest_sql(kind, column)} IN (SELECT digest FROM {STORE}.erased "
        f"WHERE kind = '{kind}' AND revision = {MAX_REVISION})"
    )


def _is_one_of(hours: Sequence[Hour]) -> str:
    """The condition that selects the rows of these buckets."""
    buckets = ", ".join(
        f"('{digest('seller', hour.seller_id)}', {int(hour.hour.timestamp())})" for hour in hours
    )
    first, last = min(hour.hour for hour in hours), max(hour.hour for hour in hours)
    return (
        f"hour BETWEEN toDateTime({int(first.timestamp())}, 'UTC') AND toDateTime({int(last.timestamp())}, 'UTC') "
        f"AND ({_digest_sql('seller', 'seller_id')}, toUnixTimestamp(hour)) IN ({buckets})"
    )


def _moment(moment: datetime) -> str:
    return f"fromUnixTimestamp64Milli({_milliseconds(moment)}, 'UTC')"


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _some(items: Sequence[T], at_once: int) -> Iterator[Sequence[T]]:
    return (items[start : start + at_once] for start in range(0, len(items), at_once))
