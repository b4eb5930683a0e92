"""Queries become what Grafana and its ClickHouse plugin would send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from grafana.macros import ALL, MacroError, TimeRange, Variable, expand, interpolate

RANGE = TimeRange(datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 24, 1, tzinfo=UTC))
START, END = 1795478400, 1795482000


def variables(**values: Variable) -> dict[str, Variable]:
    return values


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("$__timeFilter(t)", f"t >= toDateTime({START}) AND t <= toDateTime({END})"),
        (
            "$__timeFilter(lower(f(a, b)))",
            f"lower(f(a, b)) >= toDateTime({START}) AND lower(f(a, b)) <= toDateTime({END})",
        ),
        (
            "$__timeFilter_ms(t)",
            f"t >= fromUnixTimestamp64Milli({START}000) AND t <= fromUnixTimestamp64Milli({END}000)",
        ),
        ("$__dateFilter(d)", "d >= toDate('2026-11-24') AND d <= toDate('2026-11-24')"),
        (
            "$__dt(d, t)",
            f"(d >= toDate('2026-11-24') AND d <= toDate('2026-11-24'))"  # noqa: ISC004 - one text, in two lines
            f" AND (t >= toDateTime({START}) AND t <= toDateTime({END}))",
        ),
        ("$__fromTime, $__toTime", f"toDateTime({START}), toDateTime({END})"),
        ("$__fromTime_ms", f"fromUnixTimestamp64Milli({START}000)"),
        ("$__timeInterval(t)", "toStartOfInterval(toDateTime(t), INTERVAL 60 second)"),
        ("$__interval_s", "60"),
        ("$__timeFrom(t) -- $nothing\n", f"t >= toDateTime({START})  \n"),
    ],
)
def test_a_macro_becomes_plain_sql(written: str, sent: str) -> None:
    assert expand(written, RANGE, {}, timedelta(minutes=1)) == sent


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("$team", "'Nord','Syd'"),
        ("'$one'", "'Nord'"),
        ("'in $quoted'", r"'in O\'Brien \\'"),
        ("$count", "12"),
        ("${one:singlequote}", "'Nord'"),
        ("${team:singlequote}", "'Nord','Syd'"),
        ("${quoted:singlequote}", r"'O\'Brien \\'"),
        ("${quoted:sqlstring}", r"'O''Brien \\'"),
        ("[${everything:singlequote}]", "['Nord','Øst']"),
        ("[${anything:singlequote}]", "['']"),
        ("'${team:pipe}'", "'Nord|Syd'"),
        ("'${team:queryparam}'", "'var-team=Nord&var-team=Syd'"),
        ("'${anything:queryparam}'", "'var-anything=%24__all'"),
        ("'${quoted:percentencode}'", "'O%27Brien%20%5C'"),
        ("$__from", f"{START}000"),
        ("${__to:date:seconds}", str(END)),
        ("${__from:date:iso}", "2026-11-24T00:00:00.000Z"),
    ],
)
def test_a_variable_is_written_in_the_format_that_is_asked_for(written: str, sent: str) -> None:
    chosen = variables(
        team=Variable(("Nord", "Syd"), multi=True),
        one=Variable(("Nord",)),
        quoted=Variable(("O'Brien \\",)),
        count=Variable(("12",)),
        everything=Variable((ALL,), multi=True, options=("Nord", "Øst")),
        anything=Variable((ALL,), multi=True, options=("Nord", "Øst"), all_value="''"),
    )
    assert expand(written, RANGE, chosen) == sent


def test_a_condition_is_kept_only_for_a_chosen_value() -> None:
    sql = "WHERE $__conditionalAll(team IN (${team:singlequote}), $team)"
    assert expand(sql, RANGE, variables(team=Variable(("Nord",), multi=True))) == "WHERE team IN ('Nord')"
    assert expand(sql, RANGE, variables(team=Variable((ALL,), multi=True))) == "WHERE 1=1"
    assert expand(sql, RANGE, variables(team=Variable(("",)))) == "WHERE 1=1"


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("SELECT $__unknown(t)", r"\$__unknown"),
        ("SELECT $nobody", r"\$nobody"),
        ("SELECT ${nobody}", r"\$\{"),
        ("$__timeFilter(t", "never closed"),
        ("$__timeFilter(a, b)", "takes 1 argument"),
        ("$__conditionalAll(a = 1, $nobody)", r"\$nobody"),
        ("${__from:date:week}", "date:week"),
        ("SELECT $word", "without quotes"),
        ("SELECT ${word:pipe}", "without quotes"),
        ("SELECT '${word:singlequote}'", "between quotes"),
    ],
)
def test_what_cannot_be_expanded_is_named(sql: str, names: str) -> None:
    with pytest.raises(MacroError, match=names):
        expand(sql, RANGE, {"word": Variable(("1 OR 1",))})


def test_dollars_inside_a_value_are_not_expanded_again() -> None:
    chosen = variables(word=Variable(("costs $100 -- $team",)))
    assert expand("SELECT ${word:singlequote}", RANGE, chosen) == "SELECT 'costs $100 -- $team'"


@pytest.mark.parametrize(
    "value", ["$__timeFilter(t)", "$__fromTime", "${__from}", "$team", "'$__conditionalAll("]
)
def test_what_looks_like_a_macro_in_a_value_or_a_literal_stays_text(value: str) -> None:
    chosen = variables(word=Variable((value,)), team=Variable(("Nord",)))
    escaped = value.replace("'", "\\'")
    assert expand("SELECT ${word:singlequote}", RANGE, chosen) == f"SELECT '{escaped}'"
    assert expand("SELECT '$__timeFilter(t)'", RANGE, {}) == "SELECT '$__timeFilter(t)'"


def test_a_link_takes_values_of_its_row_and_the_whole_range() -> None:
    link = "/d/call?var-call_id=${__data.fields.call_id:percentencode}&${__url_time_range}&${team:queryparam}&$unknown"
    scoped = {"__data.fields.call_id": "a/b?c", "__url_time_range": "from=now-7d&to=now"}
    chosen = variables(team=Variable(("Nord", "Syd & Øst"), multi=True))
    assert interpolate(link, RANGE, chosen, scoped) == (
        "/d/call?var-call_id=a%2Fb%3Fc&from=now-7d&to=now&var-team=Nord&var-team=Syd%20%26%20%C3%98st&$unknown"
    )
