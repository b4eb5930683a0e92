"""Which table is what: its columns are known by their headings, as CRMs name them in Danish and English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any  # Any: fields that pydantic checks

from streams.importers.mapping import ADAPTER, NEEDED, ColumnMapping
from streams.importers.tables.numbers import currency_of
from streams.importers.tables.table import heading

_HEADINGS = Path(__file__).parent / "headings"
KINDS = {
    "opportunities": "deals",
    "activities": "activities",
    "sellers": "sellers",
    "periods": "periods",
}
"""Kinds of tables, and the file with their headings."""
_OF_ACTIVITIES = frozenset({"seller_id", "duration", "ended_at", "opportunity_id", "opportunity_name"})
"""Columns of which a table of activities has one beside kind and start, which lists of anything may have."""
_AMOUNTS = frozenset({"estimated_value", "actual_value", "target_value"})
_WITH_CURRENCY = re.compile(
    r"(.+?)(?: (?:in|i))? \(?(?:in |i )?([a-z]{3}|[^\W\d_]{2,3}\.?|[^\w\s()]{1,3}|us\$)\)?"
)

_CRMS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "Dynamics 365",
        frozenset(
            (
                "(do not modify) opportunity",
                "(do not modify) row checksum",
                "(må ikke ændres) kontrolsum for række",
                "(må ikke ændres) salgsmulighed",
                "anslået omsætning",
                "est. revenue",
                "opportunityid",
                "statecode",
            )
        ),
    ),
    (
        "HubSpot",
        frozenset(
            (
                "aftalefase",
                "deal stage",
                "dealstage",
                "handelsfase",
                "hs object id",
                "record id",
            )
        ),
    ),
    (
        "Pipedrive",
        frozenset(
            (
                "add time",
                "aftale - titel",
                "deal - id",
                "deal - owner",
                "deal - title",
                "deal - value",
                "org id.name",
            )
        ),
    ),
    (
        "Zoho",
        frozenset(
            (
                "closing date",
                "created time",
                "deal owner",
                "modified time",
                "potential name",
            )
        ),
    ),
    (
        "Salesforce",
        frozenset(
            (
                "isclosed",
                "opportunity id",
                "opportunity name",
                "opportunity owner",
                "probability (%)",
                "stagename",
            )
        ),
    ),
)


@cache
def _vocabulary(kind: str) -> dict[str, dict[str, int]]:
    """By field: known headings, and their order of preference."""
    fields = tomllib.loads((_HEADINGS / f"{KINDS[kind]}.toml").read_text(encoding="utf-8"))
    return {
        field: {heading(name): place for place, name in enumerate(names)} for field, names in fields.items()
    }


@cache
def _known() -> frozenset[str]:
    return frozenset(name for kind in KINDS for names in _vocabulary(kind).values() for name in names)


def known_headings(row: Sequence[str]) -> int:
    """How many cells of a row are headings that some CRM has."""
    return len({heading(cell) for cell in row} & _known())


def crm_of(header: Sequence[str]) -> str:
    """The CRM that a table seems to be from, by most of its own headings; "" when none is known."""
    found = {heading(cell) for cell in header}
    scores = {name: len(found & marks) for name, marks in _CRMS}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= 2 or (scores[best] and best == "Dynamics 365") else ""


def recognise(
    header: Sequence[str], kinds: Sequence[str] = tuple(KINDS), currency: str = "DKK"
) -> ColumnMapping | None:
    """The mapping that a table's headings amount to; None when they are no CRM's.

    Where a heading has a sign that several currencies have, `currency` is the one, if it has it.
    """
    fitting = []
    for kind in kinds:
        columns = _columns(kind, header)
        if _is_enough(kind, columns):
            fitting.append((len(columns), kind, columns))
    if not fitting:
        return None
    _, kind, columns = max(fitting, key=lambda each: each[0])
    mapping: dict[str, Any] = {"kind": kind, "columns": columns}
    amount = columns.get("estimated_value") or columns.get("actual_value") or columns.get("target_value")
    if amount and (bare := _bare_and_sign(kind, heading(amount[0]))):
        others = {name: columns[name] for name in columns if name != "currency"}
        mapping |= {"currency": currency_of(bare[1], currency), "columns": others}
    return ADAPTER.validate_python(mapping)


def _bare_and_sign(kind: str, name: str) -> tuple[str, str] | None:
    """A heading of amounts and the currency behind it, "amount (eur)" for one; None of what has no currency."""
    found = _WITH_CURRENCY.fullmatch(name)
    amounts = _vocabulary(kind).keys() & _AMOUNTS
    if found is None or not any(found[1] in _vocabulary(kind)[field] for field in amounts):
        return None
    return (found[1], found[2]) if currency_of(found[2], "DKK") is not None else None


def _columns(kind: str, header: Sequence[str]) -> dict[str, list[str]]:
    """The columns of each field, each column for one field only, the better known first."""
    headings = {heading(name): name for name in reversed(header) if name}
    for name, written in tuple(headings.items()):
        if bare := _bare_and_sign(kind, name):
            headings.setdefault(bare[0], written)
    fields = {
        field: sorted(headings.keys() & names.keys(), key=names.__getitem__)
        for field, names in _vocabulary(kind).items()
    }
    if kind == "opportunities":
        return _deal_columns(fields, headings)
    taken: set[str] = set()
    columns = {}
    for field, found in fields.items():
        free = [name for name in found if name not in taken]
        if free:
            taken.add(free[0])
            columns[field] = [headings[free[0]]]
    if kind == "sellers" and "name" in columns and "seller_id" not in columns:
        columns["seller_id"] = columns["name"]
    if kind == "sellers" and "seller_id" in columns and "name" not in columns:
        columns["name"] = columns["seller_id"]
    return columns


def _deal_columns(fields: dict[str, list[str]], headings: Mapping[str, str]) -> dict[str, list[str]]:
    """The columns of deals, where one heading may mean different things beside others."""
    if not fields["is_closed"] and "won" in fields["is_won"]:
        fields["is_won"].remove("won")  # beside "closed" it is a mark; alone it may be a sum or a day
    close_on = fields.pop("close_on")
    if close_on:
        # one date for both: when it is to close, and once it is closed, when it was
        fields["estimated_close_on"] = fields["estimated_close_on"] or close_on[:1]
        fields["closed_on"] = fields["closed_on"] or close_on[:1]
    if fields["estimated_value"]:
        # a report has the currency of each amount beside it
        beside = [
            name
            for name in (f"{amount} currency" for amount in fields["estimated_value"][:1])
            if name in headings
        ]
        fields["currency"] = beside or fields["currency"]
    taken: set[str] = set()
    columns: dict[str, list[str]] = {}
    for field, found in fields.items():
        free = [name for name in found if name not in taken]
        if not free:
            continue
        keep = free if field == "closed_on" else free[:1]
        if not (set(keep) <= set(close_on)):
            taken |= set(keep)
        columns[field] = [headings[name] for name in keep]
    if "name" not in columns and (known_by := columns.get("customer_id") or columns.get("opportunity_id")):
        columns["name"] = known_by
    return columns


def _is_enough(kind: str, columns: Mapping[str, Any]) -> bool:
    if kind == "opportunities":
        # of who sells and of what may be stated otherwise, but not whether it is about deals at all
        has_state = not columns.keys().isdisjoint({"stage", "state", "is_won"})
        is_about_deals = not columns.keys().isdisjoint(
            {"estimated_value", "actual_value", "estimated_close_on", "closed_on", "base_value"}
        )
        return has_state and is_about_deals and not columns.keys().isdisjoint({"name", "opportunity_id"})
    if kind == "periods":
        return "target_value" in columns and not columns.keys().isdisjoint({"period_id", "starts_on"})
    if kind == "activities" and columns.keys().isdisjoint(_OF_ACTIVITIES):
        return False
    return all(not columns.keys().isdisjoint(group) for group in NEEDED[kind])
