"""The numbers on the dashboards are those of product definitions, computed here from the rows by another way."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from clickhouse_connect.driver import Client

from clickhouse import months
from clickhouse.client import connect
from clickhouse.schema.metrics import COUNTED, METRICS, Metric
from clickhouse.schema.rows import (
    ActivityRow,
    CallKeywordRow,
    CallNameRow,
    CallRow,
    OpportunityChangeRow,
    PeriodRow,
    SegmentRow,
    SellerRow,
    TrackerRow,
)
from clickhouse.schema.tables import STORE
from grafana.config import Enough
from grafana.macros import ALL, TimeRange, Variable, expand
from grafana.pages.catalogue import PAGES
from grafana.sql import ANY_KIND, ENOUGH, FISCAL, OF_KIND, RANGE, TEAMS, WHO, ZONE, Writer, view
from processors.analysis.names.extraction import company_keys, person_keys
from tests.support.embedded_clickhouse import (
    RunningClickHouse,
    clickhouse_server,
    migrated,
)
from tests.support.matrix import over
from tests.support.pages import VARIABLES
from tests.support.sample_rows import TOP_SELLERS, World, insert, sample_world

__all__ = ["clickhouse_server"]

NEGATIVE = next(metric for metric in METRICS if metric.name == "negative_share")
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOW = datetime.now(UTC).replace(microsecond=0)
RANGES = {
    "last 24 hours": TimeRange(NOW - timedelta(hours=24), NOW),
    "last 7 days": TimeRange(NOW - timedelta(days=7), NOW),
    "within one hour": TimeRange(NOW - timedelta(minutes=9), NOW - timedelta(minutes=2)),
    "some weeks ago": TimeRange(NOW - timedelta(days=40, minutes=17), NOW - timedelta(days=9, minutes=31)),
    "all time": TimeRange(datetime(1976, 1, 1, tzinfo=UTC), NOW),
}
Kinds = Mapping[str, tuple[str, ...]]
"""What is chosen of the kind, the direction and the language of calls."""
OF_CALLS = ("kind", "direction", "language")
EVERY_KIND: Kinds = {}
SOME_KINDS: dict[str, Kinds] = {
    "two kinds": {"kind": ("discovery", "complaint")},
    "inbound and Danish": {"direction": ("inbound",), "language": ("da",)},
    "none": {"kind": ("nothing is called so",)},
}
ENOUGH_FOR_ALL = Enough()
SOMEBODY = {"everybody": (ALL,), "Nord": ("Nord",)}


@dataclass(frozen=True)
class Stored:
    """Clients of the reader and the writer, and the rows that were stored."""

    client: Client
    writer: Client
    world: World

    def go_on(self) -> None:
        """Let the calls in progress go on: since the world was made, the tests before may have taken minutes."""
        now = datetime.now(UTC)
        live = [call for call in self.world.of(CallRow) if not call.ended]
        insert(
            self.writer,
            {CallRow: [call._replace(version=call.version + 1, last_event_at=now) for call in live]},
        )

    def ask(
        self,
        name: str,
        *arguments: str,
        seen: TimeRange,
        teams: tuple[str, ...] = (ALL,),
        kinds: Kinds = EVERY_KIND,
        enough: Enough = ENOUGH_FOR_ALL,
    ) -> list[dict[str, Any]]:
        """The rows of a view, as the panels ask for it."""
        sql = f"SELECT * FROM {view(name, *arguments)}"
        return self.ask_for(sql, seen, teams=teams, kinds=kinds, enough=enough)

    def ask_for(
        self,
        sql: str,
        seen: TimeRange,
        *,
        teams: tuple[str, ...] = (ALL,),
        kinds: Kinds = EVERY_KIND,
        enough: Enough = ENOUGH_FOR_ALL,
    ) -> list[dict[str, Any]]:
        """The rows of a query of a panel."""
        lists = {"team": teams, "seller": (ALL,)} | {name: kinds.get(name, (ALL,)) for name in OF_CALLS}
        variables = VARIABLES | {
            **{name: Variable((str(number),)) for name, number in enough._asdict().items()},
            **{name: Variable(values, multi=True, all_value="''") for name, values in lists.items()},
        }
        return list(self.client.query(expand(sql, seen, variables)).named_results())

    def sellers(self, teams: tuple[str, ...]) -> list[str]:
        return [row.seller_id for row in self.world.of(SellerRow) if ALL in teams or row.team in teams]

    def calls(
        self, seen: TimeRange, teams: tuple[str, ...] = (ALL,), kinds: Kinds = EVERY_KIND
    ) -> list[CallRow]:
        chosen = set(self.sellers(teams))
        return [
            call
            for call in self.world.of(CallRow)
            if seen.start <= call.call_started_at <= seen.end
            and call.seller_id in chosen
            and all(getattr(call, name) in values for name, values in kinds.items())
        ]

    def deals(self, at: datetime) -> dict[str, tuple[OpportunityChangeRow, OpportunityChangeRow | None]]:
        """Of each deal the last change that is known, and the last one up to a moment."""
        changes: dict[str, list[OpportunityChangeRow]] = defaultdict(list)
        for change in sorted(self.world.of(OpportunityChangeRow), key=lambda change: change.changed_at):
            changes[change.opportunity_id].append(change)
        return {
            key: (some[-1], next((change for change in reversed(some) if change.changed_at <= at), None))
            for key, some in changes.items()
        }


@pytest.fixture(scope="module")
def stored(clickhouse_server: RunningClickHouse) -> Iterator[Stored]:
    migrated(clickhouse_server)
    writer = connect(clickhouse_server.writer)
    world = sample_world(NOW)
    world.rows[CallRow] = [
        call._replace(
            kind=("followup", "discovery", "complaint")[number % 3],
            direction=("outbound", "inbound")[number % 4 == 0],
            language=("en", "da")[number % 5 < 2],
        )
        for number, call in enumerate(world.of(CallRow))
    ]
    insert(writer, world.rows)
    assert months.roll_up(writer, NOW), "some of the months are over"
    client = connect(clickhouse_server.with_database("salgspuls").reader)
    yield Stored(client, writer, world)
    client.close()
    writer.close()


def local_day(moment: datetime) -> date:
    return moment.astimezone(COPENHAGEN).date()


def ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def of_call(call: CallRow, metric: Metric) -> float | None:
    """A metric of a call, from its row."""
    if metric.counts:
        return call.word_rates[COUNTED.index(metric)]
    if not metric.name.endswith("_share"):
        return cast("float | None", getattr(call, metric.column))
    kinds = ("positive", "neutral", "negative")
    by_kind = {kind: getattr(call, f"sentiment_{kind}_ms") for kind in kinds}
    return ratio(by_kind[metric.name.removesuffix("_share")], sum(by_kind.values()))


def mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.fmean(known) if known else None


@pytest.mark.parametrize("teams", SOMEBODY.values(), ids=SOMEBODY)
@pytest.mark.parametrize("seen", RANGES.values(), ids=RANGES)
def test_base_kpis(stored: Stored, seen: TimeRange, teams: tuple[str, ...]) -> None:
    first, last = local_day(seen.start), local_day(seen.end)
    chosen = set(stored.sellers(teams))
    won, lost, open_value, still_open, due = [], 0, 0.0, 0, 0
    for now, then in stored.deals(seen.end).values():
        if now.seller_id not in chosen:
            continue
        if now.closed_on is not None and now.closed_on <= last:
            if now.closed_on >= first and now.state == "won":
                won.append(float(now.actual_value or 0))
            lost += now.closed_on >= first and now.state == "lost"
        elif then is not None:
            still_open += 1
            due += then.estimated_close_on is not None and then.estimated_close_on <= last
            open_value += float(then.estimated_value)
    [kpis] = stored.ask("base_kpis", RANGE, ZONE, FISCAL, WHO, seen=seen, teams=teams)
    assert kpis["actual_revenue"] == pytest.approx(sum(won))
    assert kpis["open_revenue"] == pytest.approx(open_value)
    assert (kpis["deals_won"], kpis["deals_lost"], kpis["deals_open"]) == (len(won), lost, still_open)
    assert kpis["win_rate"] == pytest.approx(ratio(len(won), len(won) + lost + due))
    assert kpis["close_rate"] == pytest.approx(ratio(len(won), len(won) + lost))
    assert kpis["average_deal_size"] == pytest.approx(ratio(sum(won), len(won)))


def test_the_period_its_days_left_and_the_target(stored: Stored) -> None:
    [period] = stored.world.of(PeriodRow)
    today = local_day(datetime.now(UTC))
    reached = sum(
        float(now.actual_value or 0)
        for now, _ in stored.deals(NOW).values()
        if now.state == "won" and now.closed_on and period.starts_on <= now.closed_on <= today
    )
    [kpis] = stored.ask("base_kpis", RANGE, ZONE, FISCAL, WHO, seen=RANGES["last 7 days"])
    assert kpis["period_name"] == period.period_id
    assert kpis["days_left"] == (period.ends_on - today).days
    assert kpis["target_attainment"] == pytest.approx(reached / float(period.target_value or 1))
    [of_team] = stored.ask("base_kpis", RANGE, ZONE, FISCAL, WHO, seen=RANGES["last 7 days"], teams=("Nord",))
    assert of_team["target_attainment"] is None, "the company's target is not the team's"


@pytest.mark.parametrize("seen", RANGES.values(), ids=RANGES)
def test_keywords_and_their_growth(stored: Stored, seen: TimeRange) -> None:
    all_time = seen is RANGES["all time"]
    recent = timedelta(days=30) if all_time else seen.span
    recent_from = seen.end - recent
    counted, conversations, now, before = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for row in stored.world.of(CallKeywordRow):
        at = row.call_started_at
        if seen.start <= at <= seen.end:
            counted[row.tracker_id] += row.mentions_customer
            conversations[row.tracker_id] += row.mentions_customer > 0
        if recent_from <= at <= seen.end:
            now[row.tracker_id] += row.mentions_customer
        if recent_from - recent <= at < recent_from:
            before[row.tracker_id] += row.mentions_customer
    removed = {row.tracker_id for row in stored.world.of(TrackerRow) if row.removed}
    expected = {
        key: (
            count,
            conversations[key],
            pytest.approx((now[key] - before[key]) / before[key]) if before[key] else None,
        )
        for key, count in counted.items()
        if count and key not in removed
    }
    rows = stored.ask("keyword_ranking", RANGE, WHO, seen=seen)
    assert {
        row["tracker_id"]: (row["mentions"], row["conversations"], row["growth"]) for row in rows
    } == expected
    assert expected or seen is RANGES["within one hour"]


def test_names_that_events_know_are_said_in_the_same_ways_in_python_and_sql(stored: Stored) -> None:
    customers = [
        "Hede & Søn Tandklinik ApS",
        "The Bolt and Partners Ltd",
        "Alm Brand",
        "Klintholm Friskole A/S",
        "The Body Shop",
        "O'Neill's",
        "IBM",
        "Jysk-Fynsk",
    ]
    people = ["Karen Holm", "Jens-Peter Bo", "Ib O'Hara"]
    for name in customers:
        stored.writer.command(
            f"INSERT INTO {STORE}.calls SELECT * REPLACE ('known-' || {{name:String}} AS call_id, {{name:String}} AS"
            f" customer_name, {{people:Array(String)}} AS participant_names) FROM {STORE}.calls LIMIT 1",
            parameters={"name": name, "people": people},
        )

    found = {
        name for (name,) in stored.client.query("SELECT name_key FROM salgspuls.known_names").result_rows
    }
    keys = {key for name in customers for key in company_keys(name)}
    keys |= {key for name in people for key in person_keys(name)}
    before = {key for known in stored.world.of(CallRow) for key in company_keys(known.customer_name)}
    before |= {key for seller in stored.world.of(SellerRow) for key in person_keys(seller.name)}
    stored.writer.command(f"DELETE FROM {STORE}.calls WHERE startsWith(call_id, 'known-')")
    assert found == keys | before


@pytest.mark.parametrize("seen", RANGES.values(), ids=RANGES)
def test_new_names_were_never_mentioned_before_and_come_from_two_companies(
    stored: Stored, seen: TimeRange
) -> None:
    rows = stored.world.of(CallNameRow)
    known = {row.name_key for row in rows if row.call_started_at < seen.start}
    customers = {call.customer_name for call in stored.world.of(CallRow)}
    known |= {key for name in customers for key in company_keys(name)}
    known |= {key for row in stored.world.of(SellerRow) for key in person_keys(row.name)}
    counted = Counter[str]()
    companies: dict[str, set[str]] = {}
    for row in rows:
        if seen.start <= row.call_started_at <= seen.end and row.name_key not in known:
            counted[row.name_key] += row.mentions_customer
            if row.mentions_customer:
                companies.setdefault(row.name_key, set()).add(row.customer or row.call_id)
    counted = Counter({key: count for key, count in counted.items() if len(companies.get(key, ())) >= 2})
    shown = stored.ask("name_ranking", RANGE, WHO, seen=seen)
    assert {row["name_key"]: row["mentions"] for row in shown} == {key: n for key, n in counted.items() if n}


@pytest.mark.parametrize("seen", RANGES.values(), ids=RANGES)
def test_names_are_called_new_that_were_not_said_before(stored: Stored, seen: TimeRange) -> None:
    ranked = sorted(
        stored.ask("name_ranking", RANGE, WHO, seen=seen), key=lambda row: (-row["mentions"], row["name"])
    )[:20]
    new = [row["name"] for row in ranked if row["recent"] and not row["before"]]
    asked = stored.ask_for(PAGES["home"].panel("brands").query.sql(Writer("en")), seen)
    assert {row["value"] for row in asked} == (
        {
            f"{'New names' if new else 'Most mentioned'}: {listed(new[:3] or [row['name'] for row in ranked[:3]])}"
        }
        if ranked
        else set()
    )


def listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


@pytest.mark.parametrize("teams", SOMEBODY.values(), ids=SOMEBODY)
@pytest.mark.parametrize("seen", RANGES.values(), ids=RANGES)
def test_calls_with_more_negative_sentiment_than_average(
    stored: Stored, seen: TimeRange, teams: tuple[str, ...]
) -> None:
    shares = {
        call.call_id: call.sentiment_negative_ms
        / (call.sentiment_positive_ms + call.sentiment_neutral_ms + call.sentiment_negative_ms)
        for call in stored.calls(seen, teams)
        if call.sentiment_label
    }
    usual = mean(shares.values())
    flagged = {key for key, share in shares.items() if usual is not None and share > usual + 1e-12}
    rows = stored.ask("call_sentiment", RANGE, WHO, ANY_KIND, seen=seen, teams=teams)
    assert {row["call_id"] for row in rows} == shares.keys()
    assert {row["call_id"] for row in rows if row["flagged"]} == flagged


@pytest.mark.parametrize("teams", SOMEBODY.values(), ids=SOMEBODY)
@pytest.mark.parametrize("seen", RANGES.values(), ids=RANGES)
def test_top_sellers_and_team(stored: Stored, seen: TimeRange, teams: tuple[str, ...]) -> None:
    sellers = stored.sellers(teams)
    first, last = local_day(seen.start), local_day(seen.end)
    revenue = dict.fromkeys(sellers, 0.0)
    for now, _ in stored.deals(seen.end).values():
        if (
            now.state == "won"
            and now.closed_on
            and first <= now.closed_on <= last
            and now.seller_id in revenue
        ):
            revenue[now.seller_id] += float(now.actual_value or 0)
    top = {seller for seller in sellers if revenue[seller] > statistics.fmean(revenue.values())}
    calls = stored.calls(seen, teams)
    enough = with_enough(calls)

    def of_group(group: Iterable[str], metric: Metric) -> float | None:
        return mean(mean(of_call(call, metric) for call in calls if call.seller_id == one) for one in group)

    style = {
        row["seller_id"]: row
        for row in stored.ask("seller_style", RANGE, ZONE, TEAMS, ANY_KIND, ENOUGH, seen=seen, teams=teams)
    }
    assert {key for key, row in style.items() if row["is_top"]} == top
    assert {key: row["revenue"] for key, row in style.items()} == pytest.approx(revenue)
    assert sum(row["calls"] for row in style.values()) == len(calls)
    groups = {
        row["group_name"]: row
        for row in stored.ask("group_style", RANGE, ZONE, TEAMS, ANY_KIND, ENOUGH, seen=seen, teams=teams)
    }
    assert {key for key, row in style.items() if row["enough"]} == enough
    for name, members in {"team": set(sellers) & enough, "top": top & enough}.items():
        assert (name in groups) == bool(members)
        if members:
            assert groups[name]["sellers"] == len(members)
            assert groups[name]["all_sellers"] == len(sellers if name == "team" else top)
            for metric in METRICS:
                assert groups[name][metric.name] == pytest.approx(of_group(members, metric))


@pytest.mark.parametrize("kinds", SOME_KINDS.values(), ids=SOME_KINDS)
@pytest.mark.parametrize("seen", over(RANGES.values(), [RANGES["some weeks ago"]]), ids=RANGES)
def test_numbers_of_some_kinds_of_calls(stored: Stored, seen: TimeRange, kinds: Kinds) -> None:
    limits = Enough(enough_calls=3, enough_seconds=150, enough_minutes=5)
    calls = stored.calls(seen, kinds=kinds)
    assert calls or "kind" in kinds or seen.span < timedelta(days=2)
    by_seller: dict[str, list[CallRow]] = defaultdict(list)
    for call in calls:
        by_seller[call.seller_id].append(call)
    style = {
        row["seller_id"]: row
        for row in stored.ask(
            "seller_style", RANGE, ZONE, TEAMS, OF_KIND, ENOUGH, seen=seen, kinds=kinds, enough=limits
        )
    }
    for seller, row in style.items():
        assert row["calls"] == len(by_seller[seller])
        assert bool(row["enough"]) == (seller in with_enough(calls, limits))
        for metric in METRICS:
            expected = mean(of_call(call, metric) for call in by_seller[seller])
            assert row[metric.name] == pytest.approx(expected), (seller, metric.name)

    def drawn(page: str, name: str) -> list[dict[str, Any]]:
        sql = PAGES[page].panel(name).query.sql(Writer("en"))
        return stored.ask_for(sql, seen, kinds=kinds, enough=limits)

    labels = Counter(call.sentiment_label for call in calls if call.sentiment_label)
    for page in ("team", "seller", "sentiment"):
        donut, trend = drawn(page, "sentiment-donut"), drawn(page, "sentiment-trend")
        assert donut == (
            [{label: labels[label] for label in ("positive", "neutral", "negative")}] if labels else []
        )
        for label in ("positive", "neutral", "negative"):
            assert sum(row[label] for row in trend) == labels[label], "no bucket holds more than the range"
    shares = {call.call_id: of_call(call, NEGATIVE) or 0 for call in calls if call.sentiment_label}
    flagged = {key for key, share in shares.items() if share > (mean(shares.values()) or 0) + 1e-12}
    assert len(drawn("sentiment", "flagged-calls")) == min(200, len(flagged))
    for page in ("team", "seller"):
        assert len(drawn(page, "history")) == min(200, len(calls))
    long_enough = Counter(call.seller_id for call in calls if call.duration_ms >= 150_000)
    habits = {row["seller_id"]: row["calls"] for row in drawn("team", "habits") if row["seller_id"]}
    assert habits == dict(long_enough)
    assert len(drawn("seller", "sentiment-per-call")) == min(100, sum(labels.values()))
    since = datetime.now(COPENHAGEN).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(weeks=11)
    since -= timedelta(days=since.weekday())
    weeks = {
        call.call_started_at.astimezone(COPENHAGEN).isocalendar()[:2]
        for call in stored.calls(TimeRange(since, NOW), kinds=kinds)
        if call.duration_ms >= 150_000
    }
    assert len(drawn("seller", "talk-ratio-trend")) == len(weeks)


def test_a_range_that_ends_on_a_full_hour_holds_no_call_of_the_next(stored: Stored) -> None:
    busiest, _ = Counter(
        call.call_started_at.replace(minute=0, second=0, microsecond=0) for call in stored.world.of(CallRow)
    ).most_common(1)[0]
    seen = TimeRange(busiest - timedelta(hours=3), busiest)
    calls = stored.calls(seen)
    assert len(calls) < len(stored.calls(TimeRange(seen.start, busiest + timedelta(hours=1))))
    labels = Counter(call.sentiment_label for call in calls if call.sentiment_label)
    rows = stored.ask("sentiment_hours", RANGE, ANY_KIND, seen=seen)
    for label in ("positive", "neutral", "negative"):
        assert sum(row[f"{label}_calls"] for row in rows) == labels[label]
    said = Counter[str]()
    for row in stored.world.of(CallKeywordRow):
        if seen.start <= row.call_started_at <= seen.end:
            said[row.tracker_id] += row.mentions_customer
    counted = Counter[str]()
    for mention in stored.ask("keyword_mentions", RANGE, seen=seen):
        if mention["in_range"]:
            counted[mention["tracker_id"]] += mention["mentions_customer"]
    assert +counted == +said


@pytest.mark.parametrize("teams", SOMEBODY.values(), ids=SOMEBODY)
@pytest.mark.parametrize("seen", RANGES.values(), ids=RANGES)
def test_a_difference_is_called_one_only_beyond_its_standard_error(
    stored: Stored, seen: TimeRange, teams: tuple[str, ...]
) -> None:
    style = [
        row
        for row in stored.ask("seller_style", RANGE, ZONE, TEAMS, ANY_KIND, ENOUGH, seen=seen, teams=teams)
        if row["enough"]
    ]
    said = stored.ask_for(PAGES["home"].panel("talk").query.sql(Writer("en")), seen, teams=teams)
    if not any(row["is_top"] for row in style):
        assert all(row["talk"] is None for row in said)
        return
    for column, headline, compared, is_share in (
        ("talk_ratio", "talk", "talk_compared", True),
        ("positive_share", "mood", "positive_compared", True),
        ("switches_per_hour", "switching", "switches_compared", False),
    ):
        team = statistics.fmean(row[column] for row in style)
        top = [row[column] for row in style if row["is_top"]]
        error = statistics.pstdev([row[column] for row in style]) / len(top) ** 0.5
        by = abs(statistics.fmean(top) - team)
        differs = ((is_share and by >= 0.02) or by >= 0.05 * team) and by > error
        assert ("about as" in said[0][headline]) == (not differs), (column, by, error)
        scale = 100 if is_share else 1
        assert said[0][compared].endswith(f"standard error {scale * error:.1f}")


def test_the_pipeline_stands_in_the_order_in_which_deals_pass_it(stored: Stored) -> None:
    places: dict[str, list[int]] = defaultdict(list)
    by_deal: dict[str, dict[str, datetime]] = defaultdict(dict)
    for change in sorted(stored.world.of(OpportunityChangeRow), key=lambda change: change.changed_at):
        by_deal[change.opportunity_id].setdefault(change.stage, change.changed_at)
    for entered in by_deal.values():
        for place, stage in enumerate(entered, 1):
            places[stage].append(place)
    worth: Counter[str] = Counter()
    for _, then in stored.deals(NOW).values():
        if then is not None and then.state == "open":
            worth[then.stage] += round(then.estimated_value or 0)
    rows = stored.ask_for(PAGES["home"].panel("pipeline").query.sql(Writer("en")), RANGES["all time"])
    assert [row["stage"] for row in rows] == sorted(
        worth, key=lambda stage: (statistics.fmean(places[stage]), stage)
    )
    assert {row["stage"]: round(row["worth"]) for row in rows} == worth
    assert all(row["worth_text"].startswith("DKK") for row in rows)


def test_overdue_deals_are_at_risk_and_named_apart(stored: Stored) -> None:
    health = stored.ask("deal_health", "at = $__toTime", ZONE, WHO, seen=RANGES["all time"])
    risky = [row for row in health if row["health"] < 65 and (row["days_to_close"] or 0) <= 30]
    overdue = [row for row in risky if row["days_to_close"] < 0]
    assert 0 < len(overdue) < len(risky)
    [said, *_] = stored.ask_for(PAGES["home"].panel("deals").query.sql(Writer("en")), RANGES["all time"])
    numbers = [int(number) for number in re.findall(r"\b\d+\b(?![.,]\d)", said["value"])]
    assert {len(risky), len(overdue)} <= set(numbers), said["value"]


def with_enough(calls: Iterable[CallRow], limits: Enough = ENOUGH_FOR_ALL) -> set[str]:
    """The sellers with so many calls of so many seconds and so many minutes of speech."""
    by_seller: dict[str, list[CallRow]] = defaultdict(list)
    for call in calls:
        by_seller[call.seller_id].append(call)
    return {
        seller
        for seller, some in by_seller.items()
        if sum(call.duration_ms >= 1000 * limits.enough_seconds for call in some) >= limits.enough_calls
        and sum(call.talk_seller_ms + call.talk_customer_ms for call in some)
        >= 60_000 * limits.enough_minutes
    }


def test_a_starred_seller_is_a_top_seller_whatever_he_sells(stored: Stored) -> None:
    seen = RANGES["all time"]
    molly = next(row for row in stored.world.of(SellerRow) if row.seller_id == "s1")

    def top() -> set[str]:
        return {
            row["seller_id"]
            for row in stored.ask("seller_style", RANGE, ZONE, TEAMS, ANY_KIND, ENOUGH, seen=seen)
            if row["is_top"]
        }

    by_revenue = top()
    insert(stored.writer, {SellerRow: [molly._replace(revision=2, starred=True)]})
    assert top() == {"s1"} != by_revenue
    insert(stored.writer, {SellerRow: [molly._replace(revision=3, starred=False)]})
    assert top() == by_revenue


def test_engagement_is_hours_with_customers_for_each_seller(stored: Stored) -> None:
    seen = RANGES["some weeks ago"]
    style = [
        row
        for row in stored.ask("seller_style", RANGE, ZONE, TEAMS, ANY_KIND, ENOUGH, seen=seen)
        if row["enough"]
    ]
    top = {row["seller_id"] for row in style if row["is_top"]}
    hours: dict[str, list[float]] = {kind: [0.0, 0.0] for kind in ("email", "phone", "meeting")}
    for row in stored.world.of(ActivityRow):
        if row.with_customer and seen.start <= row.started_at <= seen.end:
            hours[row.kind][0] += row.duration_minutes / 60 / len(style)
            hours[row.kind][1] += row.duration_minutes / 60 / len(top) if row.seller_id in top else 0
    rows = stored.ask("engagement", RANGE, ZONE, TEAMS, ENOUGH, seen=seen)
    assert {row["kind"]: [row["team_hours"], row["top_hours"]] for row in rows} == {
        kind: pytest.approx(both) for kind, both in hours.items()
    }
    each = {row["seller_id"]: 0.0 for row in style}
    for row in stored.world.of(ActivityRow):
        if row.with_customer and seen.start <= row.started_at <= seen.end and row.seller_id in each:
            each[row.seller_id] += row.duration_minutes / 60
    assert [row["spread"] for row in rows] == pytest.approx([statistics.pstdev(each.values())] * 3)
    assert {(row["top_sellers"], row["sellers"]) for row in rows} == {(len(top), len(style))}


def test_health_of_deals(stored: Stored) -> None:
    contacts: dict[str, list[tuple[datetime, float]]] = defaultdict(list)
    for call in stored.world.of(CallRow):
        contacts[call.opportunity_id].append((call.call_started_at, call.duration_ms / 60_000))
    for activity in stored.world.of(ActivityRow):
        if activity.with_customer:
            contacts[activity.opportunity_id].append((activity.started_at, activity.duration_minutes))
    deals = stored.deals(NOW)
    usual = statistics.median(
        sum(
            minutes
            for at, minutes in contacts[key]
            if timedelta(0) <= now.closed_on - local_day(at) <= timedelta(days=30)
        )
        for key, (now, _) in deals.items()
        if now.state == "won" and now.closed_on is not None
    )
    rows = stored.ask("deal_health", "at = $__toTime", ZONE, WHO, seen=RANGES["all time"])
    assert {row["opportunity_id"] for row in rows} == {
        key for key, (now, _) in deals.items() if now.state == "open"
    }
    assert len(rows) > 10
    for row in rows:
        key = row["opportunity_id"]
        past = [(at, minutes) for at, minutes in contacts[key] if at <= NOW]
        days = (NOW - max(at for at, _ in past)).total_seconds() / 86_400 if past else None
        recency = 0 if days is None else max(0, min(1, (30 - days) / 27))
        felt = [
            call.sentiment_compound
            for call in sorted(stored.world.of(CallRow), key=lambda call: call.call_started_at)
            if call.opportunity_id == key and call.sentiment_compound is not None
        ][-3:]
        sentiment = 0.5 if not felt else (1 + statistics.fmean(felt)) / 2
        spent = sum(minutes for at, minutes in past if at > NOW - timedelta(days=30))
        closes = [
            change.estimated_close_on
            for change in sorted(stored.world.of(OpportunityChangeRow), key=lambda change: change.changed_at)
            if change.opportunity_id == key and change.estimated_close_on
        ]
        slips = sum(later > earlier for earlier, later in itertools.pairwise(closes))
        stability = max(0, 1 - slips / 3)
        health = 100 * (0.35 * recency + 0.30 * sentiment + 0.20 * min(1, spent / usual) + 0.15 * stability)
        assert row["health"] == pytest.approx(health), key
        assert row["days_to_close"] == (closes[-1] - local_day(NOW)).days


def test_recording_kpis_compare_with_the_same_part_of_last_month(stored: Stored) -> None:
    local = datetime.now(UTC).astimezone(COPENHAGEN)
    this_month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    elapsed = local.astimezone(UTC) - this_month.astimezone(UTC)
    until = min(last_month.astimezone(UTC) + elapsed, this_month.astimezone(UTC))
    kinds = {row.tracker_id: row.kind for row in stored.world.of(TrackerRow) if not row.removed}
    mentioned: dict[str, set[str]] = defaultdict(set)
    for row in stored.world.of(CallKeywordRow):
        if row.tracker_id in kinds and row.mentions_seller + row.mentions_customer:
            mentioned[row.call_id].add(kinds[row.tracker_id])
    known = {
        row["name_key"]
        for row in stored.client.query("SELECT name_key FROM salgspuls.known_names").named_results()
    }
    for name in stored.world.of(CallNameRow):
        if name.name_key not in known and name.mentions_seller + name.mentions_customer:
            mentioned[name.call_id].add("competitor")

    def figures(calls: list[CallRow]) -> list[float]:
        return [
            len(calls),
            sum(call.duration_ms for call in calls) / 3_600_000,
            sum("keyword" in mentioned[call.call_id] for call in calls),
            sum("competitor" in mentioned[call.call_id] for call in calls),
        ]

    calls = stored.world.of(CallRow)
    now = figures([call for call in calls if call.call_started_at >= this_month])
    before = figures([call for call in calls if last_month <= call.call_started_at < until])
    [kpis] = stored.ask("recording_kpis", ZONE, WHO, seen=RANGES["all time"])
    names = ("calls", "hours", "keyword_calls", "competitor_calls")
    assert [kpis[name] for name in names] == pytest.approx(now)
    assert [kpis[f"{name}_before"] for name in names] == pytest.approx(before)
    assert max(now[2:]) <= now[0]


def test_calls_in_progress_come_the_most_negative_first(stored: Stored) -> None:
    stored.go_on()
    rows = stored.client.query("SELECT * FROM salgspuls.live_calls").named_results()
    shown = [row["call_id"] for row in rows]
    live = [call for call in stored.world.of(CallRow) if not call.ended]
    assert shown == [
        call.call_id for call in sorted(live, key=lambda call: (call.sentiment_compound, call.call_id))
    ]


def test_won_and_expected_revenue_over_the_period(stored: Stored) -> None:
    [period] = stored.world.of(PeriodRow)
    today = local_day(datetime.now(UTC))
    rows = stored.ask("period_forecast", ZONE, FISCAL, WHO, seen=RANGES["all time"])
    assert [row["day"] for row in rows] == [
        period.starts_on + timedelta(days=n) for n in range((period.ends_on - period.starts_on).days + 1)
    ]
    deals = stored.deals(NOW)
    won = sum(
        float(now.actual_value or 0)
        for now, _ in deals.values()
        if now.state == "won" and now.closed_on and period.starts_on <= now.closed_on <= today
    )
    coming = sum(
        float(then.estimated_value) * (then.win_probability or 0)
        for now, then in deals.values()
        if now.state == "open"
        and then
        and then.estimated_close_on
        and then.estimated_close_on <= period.ends_on
    )
    assert next(row["won"] for row in rows if row["day"] == today) == pytest.approx(won)
    assert rows[-1]["forecast"] == pytest.approx(won + coming)
    assert all(row["won"] is None for row in rows if row["day"] > today)


def test_best_practice_words_are_what_three_top_sellers_say_in_ten_calls(stored: Stored) -> None:
    seen = RANGES["all time"]
    rows = {row["term"]: row for row in stored.ask("best_practice_words", RANGE, ZONE, TEAMS, seen=seen)}
    said = [row for row in stored.world.of(SegmentRow) if "timeline" in row.terms]
    ended = {call.call_id for call in stored.calls(seen) if call.ended}

    word = rows["timeline"]
    assert (word["word"], word["uses"], word["calls"], word["users"]) == (
        "timeline",
        sum(row.call_id in ended for row in said),
        len({row.call_id for row in said if row.call_id in ended}),
        len(TOP_SELLERS),
    )
    assert word["other_rate"] == 0
    assert word["z"] > 3
    assert all(row["users"] >= 3 and row["calls"] >= 10 and row["z"] >= 3 for row in rows.values())
    by_day = stored.ask("best_practice_days", RANGE, ZONE, TEAMS, seen=seen)
    assert sum(row["uses"] for row in by_day if row["term"] == "timeline") == word["uses"]
    sentences = stored.ask("best_practice_calls", RANGE, ZONE, TEAMS, seen=seen)
    assert any("timeline" in row["words"] for row in sentences)
    assert all(row["words"] for row in sentences)
