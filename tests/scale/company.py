"""A year of a large company, made by SQL inside of ClickHouse: minutes for ten million calls.

Every value follows from a number and a salt by a hash, so that two runs give the same rows. The distributions are the
simulator's: calls in working hours, lengths that are log-normal, a style of each seller's, trackers and words of which
few are said often. Old months are merged as ClickHouse would have merged them; the current one lies in parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from clickhouse.aggregates import range_statements
from clickhouse.schema.metrics import COUNTED
from clickhouse.schema.tables import STORE

CALLS_OF_A_SELLER = 25_000
TRACKERS = 40
CUSTOMERS = 20_000
NAMES = 3_000
TERMS = 8_000
SEGMENTS_PER_CALL = 48


@dataclass(frozen=True, slots=True)
class Company:
    """How much there is of what, up to a moment."""

    now: datetime
    calls: int
    months: int = 13
    segment_days: int = 2

    @property
    def sellers(self) -> int:
        """400 with ten million calls."""
        return max(8, self.calls // CALLS_OF_A_SELLER)

    @property
    def deals(self) -> int:
        """Five in a thousand calls open one."""
        return max(200, self.calls * 52 // 10_000)

    @property
    def activities(self) -> int:
        return self.calls // 10

    @property
    def begins(self) -> datetime:
        """The first day of the first month."""
        first = self.now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return first - relativedelta(months=self.months - 1)


def statements(company: Company) -> Iterator[tuple[str, str]]:
    """What fills the store: what is made, and the statement that makes it."""
    yield from _people(company)
    first_call = 0
    for month in range(company.months):
        start = company.begins + relativedelta(months=month)
        end = min(start + relativedelta(months=1), company.now)
        calls = round(company.calls * (end - start) / (company.now - company.begins))
        name = f"{start:%Y-%m}"
        parts = 1 if end < company.now else 20
        for part in range(parts):
            first, last = first_call + calls * part // parts, first_call + calls * (part + 1) // parts
            yield f"calls of {name}", _calls(company, start, end, first, last - first)
        first_call += calls
        for what, statement in _of_calls(start, end):
            yield f"{what} of {name}", statement
        if end < company.now:
            for table in ("calls", "call_keywords", "call_names"):
                yield f"merge of {name}", f"OPTIMIZE TABLE {STORE}.{table} PARTITION {start:%Y%m} FINAL"
    for day in range(company.segment_days):
        until = company.now - timedelta(days=day)
        yield f"segments of {until:%Y-%m-%d}", _segments(until - timedelta(days=1), until)
    yield "deals", _deals(company)
    yield "activities", _activities(company)


def _unit(salt: str, key: str = "number") -> str:
    """Evenly distributed in [0, 1)."""
    return f"(cityHash64({key}, '{salt}') % 1000003) / 1000003"


def _bell(salt: str, key: str = "number") -> str:
    """Around 0 with a standard deviation of about 1."""
    return f"2 * ({_unit(salt + '1', key)} + {_unit(salt + '2', key)} + {_unit(salt + '3', key)} - 1.5)"


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _people(company: Company) -> Iterator[tuple[str, str]]:
    yield (
        "sellers",
        (
            f"INSERT INTO {STORE}.sellers (seller_id, revision, name, team, manager_id, starred, active, received_at) "
            "SELECT concat('seller-', toString(number)), 1, concat('Seller ', toString(number)), "
            f"concat('Team ', toString(number % {max(2, company.sellers // 25)})), '', 0, 1, now64(3) "
            f"FROM numbers({company.sellers})"
        ),
    )
    yield (
        "trackers",
        (
            f"INSERT INTO {STORE}.trackers (tracker_id, revision, name, kind, received_at) "
            "SELECT concat('tracker-', toString(number)), 1, concat('Tracked ', toString(number)), "
            f"if(number % 4 = 0, 'competitor', 'keyword'), now64(3) FROM numbers({TRACKERS})"
        ),
    )
    yield (
        "periods",
        (
            f"INSERT INTO {STORE}.periods "
            "(period_id, revision, starts_on, ends_on, team, target_value, currency, received_at) "
            f"SELECT 'now', 1, toStartOfQuarter(toDate({_seconds(company.now)})), "
            f"addMonths(toStartOfQuarter(toDate({_seconds(company.now)})), 3) - 1, '', 400000000, 'DKK', now64(3)"
        ),
    )


def _calls(company: Company, start: datetime, end: datetime, first: int, count: int) -> str:
    seller = f"cityHash64(number, 'seller') % {company.sellers}"
    days = -((start - end) // timedelta(days=1))
    counted = ", ".join(metric.column for metric in COUNTED)
    rates = ", ".join(f"3 * {_unit(metric.counts)}" for metric in COUNTED)
    return f"""
INSERT INTO {STORE}.calls
    (seller_id, call_started_at, call_id, version, title, direction, channel, customer_id, customer_name,
     opportunity_id, language, participant_sides, participant_names, started_revision, ended_revision,
     ended_duration_ms, ended, consent,
     segments, duration_ms,
     talk_seller_ms, talk_customer_ms, talk_ratio, words_seller, words_customer, words_per_minute_seller,
     words_per_minute_customer, {counted}, switches, switches_per_hour, pause_before_speaking_ms,
     longest_monologue_seller_ms, longest_monologue_customer_ms, questions_seller_open, sentiment_compound,
     sentiment_positive_ms, sentiment_neutral_ms, sentiment_negative_ms, sentiment_label, sentiment_direction,
     last_event_at, stored_at)
WITH
    {seller} AS seller_number,
    {_bell("style", "seller_number")} AS style,
    toInt64(cityHash64(number, 'day') % {days}) AS day,
    toDateTime64({_seconds(start)} + day * 86400 + 27000 + cityHash64(number, 'second') % 34200, 3, 'UTC') AS planned,
    if(planned < toDateTime64({_seconds(end)} - 1800, 3, 'UTC'), planned,
       toDateTime64({_seconds(end)} - 1800 - cityHash64(number, 'late') % 7200, 3, 'UTC')) AS started,
    toUInt32(least(5400000, greatest(20000, 390000 * exp(0.8 * ({_bell("length")}))))) AS duration,
    least(0.95, greatest(0.05, 0.55 + 0.08 * style + 0.08 * ({_bell("talk")}))) AS ratio,
    toUInt32(duration * 0.9 * ratio) AS talk_seller,
    toUInt32(duration * 0.9 * (1 - ratio)) AS talk_customer,
    150 + 12 * style + 10 * ({_bell("speed")}) AS speed,
    least(1, greatest(-1, 0.12 + 0.25 * ({_bell("mood")}))) AS compound,
    toUInt32(talk_customer * greatest(0, least(0.9, 0.25 - 0.5 * compound))) AS negative,
    toUInt32((talk_customer - negative) * greatest(0, least(1, 0.4 + compound))) AS positive
SELECT
    concat('seller-', toString(seller_number)), started, concat('call-', toString(number)), 1,
    concat('Call ', toString(number)), if(number % 3 = 0, 'inbound', 'outbound'), 'phone',
    concat('customer-', toString(cityHash64(number, 'customer') % {CUSTOMERS})),
    concat('Customer ', toString(cityHash64(number, 'customer') % {CUSTOMERS})),
    if({_unit("linked")} < 0.4, concat('deal-', toString(cityHash64(number, 'deal') % {company.deals})), ''),
    if(number % 3 = 0, 'en', 'da'), ['seller', 'customer'],
    [concat('Seller ', toString(seller_number)),
     concat('Person ', toString(cityHash64(number, 'customer') % {CUSTOMERS}))],
    1, 1, duration, 1, 1, {SEGMENTS_PER_CALL}, duration,
    talk_seller, talk_customer, ratio, toUInt32(talk_seller / 60000 * speed), toUInt32(talk_customer / 60000 * 140),
    speed, 140, {rates}, toUInt32(duration / 15000), 240, 500 + 400 * {_unit("pause")},
    30000, 25000 + 30000 * {_unit("monologue")}, 4, compound, positive, talk_customer - negative - positive, negative,
    multiIf(compound >= 0.05, 'positive', compound <= -0.05, 'negative', 'neutral'), compound / 4,
    addMilliseconds(started, duration), addMilliseconds(started, duration)
FROM numbers({first}, {count})"""


def _of_calls(start: datetime, end: datetime) -> Iterator[tuple[str, str]]:
    calls = (
        f"FROM {STORE}.calls WHERE call_started_at >= toDateTime64({_seconds(start)}, 3, 'UTC') "
        f"AND call_started_at < toDateTime64({_seconds(end)}, 3, 'UTC')"
    )
    few = _unit("tracker", "(call_id, nth)")
    yield (
        "keywords",
        (
            f"INSERT INTO {STORE}.call_keywords (seller_id, call_started_at, call_id, tracker_id, version, "
            "mentions_seller, mentions_customer, first_ms) "
            "SELECT seller_id, call_started_at, call_id, "
            f"concat('tracker-', toString(toUInt32(pow({few}, 2) * {TRACKERS}))), "
            "1, any(cityHash64(call_id, nth) % 3), any(cityHash64(call_id, nth, 'c') % 3), min(nth * 20000) "
            f"{calls.replace('calls WHERE', 'calls ARRAY JOIN range(1, 4) AS nth WHERE')} "
            "GROUP BY seller_id, call_started_at, call_id, 4"
        ),
    )
    yield (
        "names",
        (
            f"INSERT INTO {STORE}.call_names (seller_id, call_started_at, call_id, name_key, version, name, "
            "mentions_seller, mentions_customer, first_ms, customer) "
            f"WITH toUInt32(pow({_unit('name', 'call_id')}, 2) * {NAMES}) AS name_number "
            "SELECT seller_id, call_started_at, call_id, concat('name ', toString(name_number)), 1, "
            f"concat('Name ', toString(name_number)), 0, 1, 1000, customer_id {calls} "
            "AND cityHash64(call_id, 'names') % 10 < 3"
        ),
    )
    for statement in range_statements(start, end):
        yield "hours", statement
    yield (
        "words",
        (
            f"INSERT INTO {STORE}.word_hours (seller_id, hour, term, language, form, version, uses, calls) "
            f"WITH toUInt32(pow({_unit('term', '(seller_id, hour, nth)')}, 3) * {TERMS}) AS term_number "
            "SELECT seller_id, hour, if(nth = 0, '', concat('word', toString(term_number))) AS said, "
            "if(cityHash64(seller_id) % 3 = 0, 'en', 'da'), said, 1, "
            "sum(if(nth = 0, 2000, 1 + cityHash64(seller_id, hour, nth) % 4)), 1 "
            f"FROM {STORE}.seller_hours ARRAY JOIN range(0, 46) AS nth "
            f"WHERE hour >= toDateTime({_seconds(start)}, 'UTC') AND hour < toDateTime({_seconds(end)}, 'UTC') "
            "GROUP BY seller_id, hour, said"
        ),
    )


def _segments(since: datetime, until: datetime) -> str:
    return f"""
INSERT INTO {STORE}.segments
    (call_id, segment_id, version, revision, seller_id, call_started_at, speaker, start_ms, end_ms, consent, text,
     language, language_told, words, compound_e4, received_at)
SELECT
    call_id, toString(nth), 1, 1, seller_id, call_started_at, if(nth % 2 = 0, 'seller', 'customer'),
    toUInt32(duration_ms / {SEGMENTS_PER_CALL} * nth), toUInt32(duration_ms / {SEGMENTS_PER_CALL} * (nth + 1)) - 100, 1,
    concat('What we said about word',
           toString(toUInt32(pow({_unit("said", "(call_id, nth)")}, 3) * {TERMS})), ' and word',
           toString(cityHash64(call_id, nth, 'b') % {TERMS}), ' was clear'),
    'en', 1, 9, toInt16(10000 * least(1, greatest(-1, 0.1 + 0.3 * ({_bell("felt", "(call_id, nth)")})))),
    addMilliseconds(call_started_at, toUInt32(duration_ms / {SEGMENTS_PER_CALL} * (nth + 1)))
FROM {STORE}.calls ARRAY JOIN range({SEGMENTS_PER_CALL}) AS nth
WHERE call_started_at >= toDateTime64({_seconds(since)}, 3, 'UTC')
    AND call_started_at < toDateTime64({_seconds(until)}, 3, 'UTC')"""


def _deals(company: Company) -> str:
    """Five changes each; a tenth is open now, half of the others were won."""
    span = _seconds(company.now) - _seconds(company.begins)
    return f"""
INSERT INTO {STORE}.opportunity_changes
    (opportunity_id, changed_at, revision, seller_id, customer_id, name, stage, state, estimated_value, actual_value,
     currency, win_probability, estimated_close_on, closed_on, received_at)
WITH
    {_seconds(company.begins)} + cityHash64(number, 'opened') % {span} AS opened,
    opened + nth * 86400 * 12 AS at,
    {_unit("fate")} < 0.1 AS stays_open,
    nth = 4 AND NOT stays_open AS closes,
    {_unit("won")} < 0.5 AS wins
SELECT
    concat('deal-', toString(number)), toDateTime64(at, 3, 'UTC'), 1,
    concat('seller-', toString(cityHash64(number, 'owner') % {company.sellers})),
    concat('customer-', toString(cityHash64(number, 'of') % {CUSTOMERS})), concat('Deal ', toString(number)),
    ['Qualify', 'Develop', 'Propose', 'Negotiate', 'Close'][nth + 1],
    if(closes, if(wins, 'won', 'lost'), 'open'), 20000 + cityHash64(number, 'value') % 400000,
    if(closes AND wins, toNullable(20000 + cityHash64(number, 'value') % 400000), NULL), 'DKK', 0.15 * (nth + 1),
    toDate32(toDateTime(opened + 86400 * (50 + 10 * (cityHash64(number, nth) % 3)), 'UTC')),
    if(closes, toNullable(toDate32(toDateTime(at, 'UTC'))), NULL), toDateTime64(at, 3, 'UTC')
FROM numbers({company.deals}) ARRAY JOIN range(5) AS nth
WHERE at < {_seconds(company.now)}"""


def _activities(company: Company) -> str:
    span = _seconds(company.now) - _seconds(company.begins)
    return f"""
INSERT INTO {STORE}.activities
    (activity_id, revision, seller_id, opportunity_id, kind, started_at, duration_minutes, with_customer, received_at)
WITH toDateTime64({_seconds(company.begins)} + cityHash64(number, 'at') % {span}, 3, 'UTC') AS at
SELECT
    concat('activity-', toString(number)), 1, concat('seller-', toString(cityHash64(number, 'by') % {company.sellers})),
    concat('deal-', toString(cityHash64(number, 'on') % {company.deals})),
    ['email', 'phone', 'meeting'][1 + number % 3], at, 3 + cityHash64(number, 'm') % 40, number % 5 != 0, at
FROM numbers({company.activities})"""
