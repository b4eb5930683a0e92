"""What the worker asks of ClickHouse: insert rows, bring the hourly aggregates up to date, read calls back.

Every row is absolute and every insert may be repeated. One insert a table and call; the caller batches.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any, NamedTuple, TypeVar  # Any: values as the driver has them

import aiohttp
from clickhouse_connect.driver.asyncclient import AsyncClient
from clickhouse_connect.driver.exceptions import ClickHouseError
from clickhouse_connect.driver.insert import InsertContext

from clickhouse import months
from clickhouse.aggregates import NARROWER, Hour, refresh_statements, word_statement
from clickhouse.client import ClickHouseConfig, ClickHouseUnavailableError, connect_async, unavailable
from clickhouse.schema.columns import columns_of, in_columns, row_from
from clickhouse.schema.rows import (
    FIRST_EPOCH,
    ActivityRow,
    CallKeywordRow,
    CallNameRow,
    CallRow,
    OpportunityChangeRow,
    PeriodRow,
    Row,
    SegmentRow,
    SellerRow,
    StoredCall,
    TrackerRow,
    row_version,
)
from clickhouse.schema.tables import STORE, TABLE_OF
from clickhouse.withdrawal import purge

FactRow = OpportunityChangeRow | ActivityRow | SellerRow | TrackerRow | PeriodRow
"""Rows that are one fact each."""

RULES = "rules of sentiment "
"""What the reason of an epoch begins with that began because the rules changed; their fingerprint follows."""

_KEYS_AT_ONCE = 2_000
_ROLL_UP_SECONDS = 3600
# bloom filters find a call among millions, also where FINAL has to look at several versions
_BY_CALL_ID = {"use_skip_indexes_if_final": 1}
_FEW_ROWS = 1_000
# A part of few rows is read whole at no cost, and has its skip indexes when it is merged. Further threads only cost.
_OF_FEW_ROWS = {"materialize_skip_indexes_on_insert": 0, "max_threads": 1}
_FEW_HOURS = 50
_OF_FEW_HOURS = {"max_threads": 1}
Place = tuple[datetime, str]
"""Where a call stands in the order of calls: its start and its id."""

_R = TypeVar("_R", SegmentRow, CallRow, SellerRow, TrackerRow)


class Marks(NamedTuple):
    """What changes with what workers go by: the epoch, the announcements of erasures, a hash over the trackers."""

    epoch: int
    erasures: int
    trackers: int


class IncompleteInsertError(Exception):
    """An insert was acknowledged, but fewer rows were written than sent: something on the way lost a part of them."""


class Store:
    """The tables of `salgspuls_store`, through one client. May be used by several tasks at a time."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client
        self._roll_up_at = time.monotonic() + _ROLL_UP_SECONDS
        self._insert_contexts: dict[type[Row], InsertContext] = {}

    async def insert(self, rows: Sequence[Row]) -> None:
        """Insert rows of one kind. Raises what the driver raises, and IncompleteInsertError."""
        if not rows:
            return
        kind = type(rows[0])
        context = await self._client.create_insert_context(
            TABLE_OF[kind].name,
            column_names=columns_of(kind),
            column_types=await self._column_types(kind),
            database=STORE,
            column_oriented=True,
            data=in_columns(rows),
            settings=_OF_FEW_ROWS if len(rows) < _FEW_ROWS else None,
        )
        summary = await self._client.insert(context=context)
        if summary.written_rows < len(rows):
            raise IncompleteInsertError(f"ClickHouse wrote {summary.written_rows} of {len(rows)} rows")

    async def _column_types(self, kind: type[Row]) -> Sequence[Any]:
        """The types of a table's columns; asked for once."""
        if kind not in self._insert_contexts:
            self._insert_contexts[kind] = await self._client.create_insert_context(
                TABLE_OF[kind].name, column_names=columns_of(kind), database=STORE
            )
        return self._insert_contexts[kind].column_types

    async def refresh_hours(
        self, hours: Collection[Hour], narrower: Mapping[str, Collection[Hour]] = NARROWER
    ) -> None:
        """Recompute these buckets of all that is counted from calls, of some aggregates only the `narrower` ones,
        and the months over them."""
        for some in _some_at_a_time(sorted(set(hours))):
            narrow = {table: set(some).intersection(changed) for table, changed in narrower.items()}
            over = months.over(some, datetime.now(UTC))
            upper = (months.refresh_statements(table, over) for table in ("seller_months", "keyword_months"))
            for statement in chain(refresh_statements(some, narrow), *upper):
                await self._client.command(
                    statement, settings=_OF_FEW_HOURS if len(some) < _FEW_HOURS else None
                )
        await self._roll_up()

    async def refresh_words(self, hours: Collection[Hour], max_terms: int, min_pair_count: int) -> None:
        """Recompute these buckets of what sellers say; see `word_statement`."""
        for some in _some_at_a_time(sorted(set(hours))):
            await self._client.command(word_statement(some, max_terms, min_pair_count))
            for statement in months.refresh_statements("term_months", months.over(some, datetime.now(UTC))):
                await self._client.command(statement)

    async def _roll_up(self) -> None:
        """Roll up the months that are over, looked for once an hour."""
        if time.monotonic() < self._roll_up_at:
            return
        self._roll_up_at = time.monotonic() + _ROLL_UP_SECONDS
        for row in (await self._client.query(months.missing_query(datetime.now(UTC)))).result_rows:
            for statement in months.roll_statements(months.Missing(*row)):
                await self._client.command(statement)

    async def purge_withdrawn(self) -> int:
        """Delete replaced rows with words whose consent was withdrawn; see `clickhouse.withdrawal`."""
        return await purge(self._client)

    async def epoch(self) -> int:
        """The epoch of the analysis: FIRST_EPOCH, and one more for each rebuild of history that was begun."""
        newest = await self._client.query(f"SELECT max(epoch) FROM {STORE}.epochs")
        return max(FIRST_EPOCH, int(newest.result_rows[0][0]))

    async def marks(self) -> Marks:
        """What changes with the epoch, the erasures and the trackers, in one query."""
        found = await self._client.query(
            f"SELECT (SELECT max(epoch) FROM {STORE}.epochs), (SELECT sum(version) FROM {STORE}.erasures FINAL), "
            f"(SELECT sum(cityHash64(toString(tuple(*)))) FROM {TABLE_OF[TrackerRow].full_name} FINAL)"
        )
        epoch, erasures, trackers = (value or 0 for value in found.result_rows[0])  # NULL of an empty table
        return Marks(max(FIRST_EPOCH, int(epoch)), int(erasures), int(trackers))

    async def begin_epoch(self, reason: str) -> int:
        """Begin the next epoch and return it."""
        epoch = await self.epoch() + 1
        await self._client.insert(
            "epochs", [[epoch, reason]], column_names=["epoch", "reason"], database=STORE
        )
        return epoch

    async def begin_epoch_for(self, rules: str) -> bool:
        """Begin an epoch unless the newest that names the rules of an analysis names these ones; whether it did.

        Before anything is stored the first epoch is theirs.
        """
        newest = await self._client.query(
            f"SELECT argMax(reason, epoch) FROM {STORE}.epochs FINAL WHERE startsWith(reason, %(prefix)s)",
            {"prefix": RULES},
        )
        if newest.result_rows[0][0] == RULES + rules:
            return False
        stored = await self._client.query(f"SELECT 1 FROM {STORE}.calls LIMIT 1")
        if stored.result_rows:
            await self.begin_epoch(RULES + rules)
            return True
        row = [await self.epoch(), RULES + rules]
        await self._client.insert("epochs", [row], column_names=["epoch", "reason"], database=STORE)
        return False

    async def count_calls_before(self, epoch: int, where: str = "1") -> int:
        """How many calls have a row of an earlier epoch; `where` selects some by call_id."""
        found = await self._client.query(
            f"SELECT count() FROM {STORE}.calls FINAL WHERE version < {row_version(epoch, 0)} AND {where}"
        )
        return int(found.result_rows[0][0])

    async def calls_before(
        self, epoch: int, before: Place | None, limit: int, where: str = "1"
    ) -> list[Place]:
        """The calls with a row of an earlier epoch, the newest first, that come after `before` in that order."""
        where += (
            ""
            if before is None
            else " AND (call_started_at, call_id) < (toDateTime64(%(at)s, 3, 'UTC'), %(id)s)"
        )
        found = await self._client.query(
            f"SELECT call_started_at, call_id FROM {STORE}.calls FINAL "
            f"WHERE version < {row_version(epoch, 0)} AND {where} "
            f"ORDER BY call_started_at DESC, call_id DESC LIMIT {int(limit)}",
            {} if before is None else {"at": _literal(before[0]), "id": before[1]},
            tz_mode="aware",
        )
        return [(started_at, call_id) for started_at, call_id in found.result_rows]

    async def segment_days(self, name: str, where: str) -> list[tuple[date, int]]:
        """The days (UTC) on which calls with stored words began and that have no mark `name`, the newest first, with
        how many segments there are; `where` selects some calls by call_id."""
        found = await self._client.query(
            f"SELECT toDate(call_started_at) AS day, count() FROM {STORE}.segments FINAL WHERE consent AND {where} "
            f"AND day NOT IN (SELECT month FROM {STORE}.backfills WHERE name = {{name:String}}) "
            "GROUP BY day ORDER BY day DESC",
            {"name": name},
        )
        return [(day, int(count)) for day, count in found.result_rows]

    async def mark(self, name: str, day: date) -> None:
        """Note that a job is done with a day."""
        await self._client.insert("backfills", [[name, day]], column_names=["name", "month"], database=STORE)

    async def spoken(self, day: date, where: str) -> AsyncIterator[Sequence[Sequence[Any]]]:
        """What was said in the calls that began on a day, a block of columns at a time: call_id, speaker, language,
        text, and the trackers that were found with their places."""
        first = f"toDateTime64('{day} 00:00:00', 3, 'UTC')"
        stream = await self._client.query_column_block_stream(
            "SELECT call_id, speaker, language, text, mention_trackers, mention_starts "
            f"FROM {STORE}.segments FINAL WHERE consent AND call_started_at >= {first} "
            f"AND call_started_at < addDays({first}, 1) AND {where}"
        )
        async with stream:
            async for block in stream:
                yield block

    async def load_calls(self, call_ids: Iterable[str]) -> dict[str, StoredCall]:
        """What is stored of these calls; a call of which nothing is stored is left out."""
        wanted = sorted(set(call_ids))
        calls: dict[str, CallRow] = {}
        segments: dict[str, list[SegmentRow]] = defaultdict(list)
        for some in _some_at_a_time(wanted):
            for call in await self._read(CallRow, "call_id IN %(ids)s", {"ids": some}):
                calls[call.call_id] = call
            for segment in await self._read(SegmentRow, "call_id IN %(ids)s", {"ids": some}):
                segments[segment.call_id].append(segment)
        trackers, names = await self._mentioned(calls.values())
        return {
            call_id: StoredCall(
                calls.get(call_id),
                tuple(segments[call_id]),
                frozenset(trackers[call_id]),
                frozenset(names[call_id]),
            )
            for call_id in wanted
            if call_id in calls or call_id in segments
        }

    async def _mentioned(self, calls: Iterable[CallRow]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """Trackers and name keys that have a row, by call."""
        keys = [(call.seller_id, call.call_started_at, call.call_id) for call in calls]
        found: list[dict[str, set[str]]] = []
        for kind, column in ((CallKeywordRow, "tracker_id"), (CallNameRow, "name_key")):
            by_call: dict[str, set[str]] = defaultdict(set)
            for some in _some_at_a_time(keys):
                query = (
                    f"SELECT DISTINCT call_id, {column} FROM {TABLE_OF[kind].full_name} "
                    "WHERE seller_id IN %(sellers)s AND call_id IN %(calls)s "
                    "AND call_started_at BETWEEN %(first)s AND %(last)s"
                )
                parameters = {
                    "sellers": sorted({seller for seller, _, _ in some}),
                    "calls": [call_id for _, _, call_id in some],
                    "first": _literal(min(moment for _, moment, _ in some)),
                    "last": _literal(max(moment for _, moment, _ in some)),
                }
                for call_id, key in (await self._client.query(query, parameters)).result_rows:
                    by_call[call_id].add(key)
            found.append(by_call)
        return found[0], found[1]

    async def revisions(
        self, kind: type[FactRow], keys: Iterable[tuple[Any, ...]]
    ) -> dict[tuple[Any, ...], int]:
        """The stored revision of each fact, by its key; facts that are not stored are left out."""
        columns = TABLE_OF[kind].key
        revisions: dict[tuple[Any, ...], int] = {}
        for some in _some_at_a_time(sorted(set(keys))):
            query = (
                f"SELECT {', '.join(columns)}, max(revision) FROM {TABLE_OF[kind].full_name} "
                f"WHERE {columns[0]} IN %(ids)s GROUP BY {', '.join(columns)}"
            )
            result = await self._client.query(query, {"ids": [key[0] for key in some]}, tz_mode="aware")
            for *key, revision in result.result_rows:
                revisions[tuple(key)] = revision
        return revisions

    async def erasures(self) -> int:
        """A number that grows with every announcement of an erasure; see `erased`."""
        announced = await self._client.query(f"SELECT sum(version) FROM {STORE}.erasures FINAL")
        return int(announced.result_rows[0][0])

    async def erased(self) -> dict[str, int]:
        """The facts that were erased, by digest (see `clickhouse.erasure`), each up to a revision."""
        found = await self._client.query(f"SELECT digest, max(revision) FROM {STORE}.erased GROUP BY digest")
        return {digest: int(revision) for digest, revision in found.result_rows}

    async def trackers(self) -> list[TrackerRow]:
        """All trackers, also removed ones, by id."""
        return sorted(await self._read(TrackerRow, "1", {}))

    async def sellers(self) -> list[SellerRow]:
        """All sellers, by id."""
        return sorted(await self._read(SellerRow, "1", {}))

    async def _read(self, kind: type[_R], where: str, parameters: dict[str, object]) -> list[_R]:
        query = f"SELECT {', '.join(columns_of(kind))} FROM {TABLE_OF[kind].full_name} FINAL WHERE {where}"
        result = await self._client.query(query, parameters, settings=_BY_CALL_ID, tz_mode="aware")
        return [row_from(kind, values) for values in result.result_rows]


@asynccontextmanager
async def opened(config: ClickHouseConfig) -> AsyncIterator[Store]:
    """The store while the block lasts, for those who do not wait: any failure is a ClickHouseUnavailableError."""
    try:
        client = await connect_async(config, database="")
        try:
            yield Store(client)
        finally:
            await client.close()
    except (ClickHouseError, aiohttp.ClientError) as error:
        raise ClickHouseUnavailableError(unavailable(config, error)) from error


def _some_at_a_time(keys: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (keys[start : start + _KEYS_AT_ONCE] for start in range(0, len(keys), _KEYS_AT_ONCE))


def _literal(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
