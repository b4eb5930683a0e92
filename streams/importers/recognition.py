"""Which table is what: its columns are known by their headings, as CRMs name them in Danish and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from streams.importers.mapping import ADAPTER, NEEDED, ColumnMapping
from streams.importers.tables.table import heading

_HEADINGS = Path(__file__).parent / "headings"
KINDS = {
    "opportunities": "deals",
    "activities": "activities",
    "sellers": "sellers",
    "periods": "periods",
}
"""Kinds of tables, and the file with their headings."""

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


def recognise(header: Sequence[str], kinds: Sequence[str] = tuple(KINDS)) -> ColumnMapping | None:
    """The mapping that a table's headings amount to; None when they are no CRM's."""
    fitting = []
    for kind in kinds:
        columns = _columns(kind, header)
        if _is_enough(kind, columns):
            fitting.append((len(columns), kind, columns))
    if not fitting:
        return None
    _, kind, columns = max(fitting, key=lambda each: each[0])
    return ADAPTER.validate_python({"kind": kind, "columns": columns})


def _columns(kind: str, header: Sequence[str]) -> dict[str, list[str]]:
    """The columns of each field, each column for one field only, the better known first."""
    headings = {heading(name): name for name in reversed(header) if name}
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
    if "name" not in columns and "customer_id" in columns:
        columns["name"] = columns["customer_id"]
    return columns


def _is_enough(kind: str, columns: Mapping[str, Any]) -> bool:
    if kind == "opportunities":
        # of who sells and of what may be told otherwise, but not whether it is about deals at all
        has_state = not columns.keys().isdisjoint({"stage", "state", "is_won"})
        is_about_deals = not columns.keys().isdisjoint(
            {"estimated_value", "actual_value", "estimated_close_on", "closed_on", "base_value"}
        )
        return has_state and is_about_deals and not columns.keys().isdisjoint({"name", "opportunity_id"})
    if kind == "periods":
        return "target_value" in columns and not columns.keys().isdisjoint({"period_id", "starts_on"})
    return all(not columns.keys().isdisjoint(group) for group in NEEDED[kind])
