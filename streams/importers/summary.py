"""What people are shown of a table before anything is sent: how it was read, ten rows, sums, and what is unsure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any  # Any: JSON

from schemas.events import ActivityLogged, AnyEvent, OpportunityChanged, PeriodChanged, SellerChanged
from streams.importers.contract import Problem
from streams.importers.mapping import DealMapping
from streams.importers.sheets import Sheet
from streams.importers.totals import Totals
from streams.language import Language, Text

READ_AS = Text("{file}: {kind}{crm}, {form}, {rows} rows", "{file}: {kind}{crm}, {form}, {rows} rækker")
KINDS = {
    "opportunities": Text("deals", "handler"),
    "activities": Text("activities", "aktiviteter"),
    "sellers": Text("sellers", "sælgere"),
    "periods": Text("periods", "perioder"),
}
OF = Text(" of {crm}", " fra {crm}")
COLUMNS = Text("Columns", "Kolonner")
FIRST_ROWS = Text("First rows, as understood", "De første rækker, som de er forstået")
SUMS = Text("Sums", "Summer")
COUNTS = Text("won {won}, lost {lost}, open {open}", "vundet {won}, tabt {lost}, åbne {open}")
REMOVED = Text(", removed {removed}", ", slettet {removed}")
AMOUNTS = Text(
    "revenue {revenue}, open {open_value}, weighted {weighted}",
    "omsætning {revenue}, åbent {open_value}, vægtet {weighted}",
)
REVENUE_BY_YEAR = Text("revenue by year: {years}", "omsætning pr. år: {years}")
NOTED = Text("Noted", "Bemærket")
UNSURE = Text("Not sure, please look", "Usikkert, se efter")
AND_MORE = Text("and {count} more", "og {count} til")
STATE_WORDS = {
    "open": Text("open", "åben"),
    "won": Text("won", "vundet"),
    "lost": Text("lost", "tabt"),
    "removed": Text("removed", "slettet"),
}
_WIDTH = 24


def described(sheet: Sheet, totals: Totals, language: Language) -> Iterator[str]:
    """What was understood of a table, in lines."""
    crm = OF.of(language).format(crm=sheet.crm) if sheet.crm else ""
    yield READ_AS.of(language).format(
        file=sheet.table.path.name,
        kind=KINDS[sheet.mapping.kind].of(language),
        crm=crm,
        form=sheet.table.form.of(language),
        rows=number(Decimal(sheet.row_count), language),
    )
    yield f"{COLUMNS.of(language)}:"
    for field, names in sheet.mapping.fields().items():
        yield f"  {field:<20} {' / '.join(names)}"
    for field, value in sheet.mapping.constants.items():
        yield f"  {field:<20} = {value}"
    if sheet.shown:
        yield f"{FIRST_ROWS.of(language)}:"
        yield from (f"  {line}" for line in _table([_cells(event, language) for event in sheet.shown]))
    if isinstance(sheet.mapping, DealMapping) and not sheet.findings.is_refused:
        yield f"{SUMS.of(language)}:"
        yield from (f"  {line}" for line in sums(totals, language))
    yield from _remarks(sheet, language)


def sums(totals: Totals, language: Language) -> Iterator[str]:
    """The sums over deals, in lines."""
    counts = {
        state: number(Decimal(totals.counts[state]), language) for state in ("won", "lost", "open", "removed")
    }
    removed = REMOVED.of(language).format(**counts) if totals.counts["removed"] else ""
    yield COUNTS.of(language).format(**counts) + removed
    yield AMOUNTS.of(language).format(
        revenue=number(totals.revenue, language, 2),
        open_value=number(totals.open_value, language, 2),
        weighted=number(totals.weighted, language, 2),
    )
    if totals.by_year:
        years = ", ".join(
            f"{year}: {number(value, language, 2)}" for year, value in sorted(totals.by_year.items())
        )
        yield REVENUE_BY_YEAR.of(language).format(years=years)


def _remarks(sheet: Sheet, language: Language) -> Iterator[str]:
    if sheet.findings.notes:
        yield f"{NOTED.of(language)}:"
        for cause in sheet.findings.notes.values():
            yield f"  {cause.count:,} x {cause.reason} ({places(cause.lines, cause.count)})"
    if sheet.findings.unsure:
        yield f"{UNSURE.of(language)}:"
        yield from (f"  {each}" for each in sheet.findings.unsure)


def places(lines: Sequence[int], count: int) -> str:
    """The first places of a cause."""
    first = ", ".join(map(str, lines[:5]))
    return f"{first}, …" if count > 5 else first


def number(value: Decimal, language: Language, decimals: int = 0) -> str:
    """A number as the language writes it: 1,234.50 or 1.234,50."""
    written = f"{value:,.{decimals}f}"
    return written.translate(str.maketrans(",.", ".,")) if language == "da" else written


def _cells(event: AnyEvent, language: Language) -> list[str]:
    match event:
        case OpportunityChanged():
            day = event.closed_on or event.estimated_close_on
            value = event.actual_value if event.state == "won" else event.estimated_value
            return [
                event.opportunity_id,
                event.name,
                event.seller_id,
                event.stage,
                STATE_WORDS[event.state].of(language),
                number(value or Decimal(), language, 2),
                event.currency,
                str(day or "-"),
            ]
        case ActivityLogged():
            return [
                event.activity_id, event.kind, event.seller_id, f"{event.started_at:%Y-%m-%d %H:%M} UTC",
                f"{event.duration_minutes:g} min", event.opportunity_id or "-",
            ]  # fmt: skip
        case SellerChanged():
            return [event.seller_id, event.name, event.team, event.manager_id or "-",
                    "*" if event.starred else "-", "+" if event.active else "-"]  # fmt: skip
        case PeriodChanged():
            target = "-" if event.target_value is None else number(event.target_value, language, 2)
            return [
                event.period_id,
                str(event.starts_on),
                str(event.ends_on),
                event.team or "-",
                target,
                event.currency,
            ]
    return [event.type]


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Cells one below the other; long ones are cut."""
    cut = [[cell if len(cell) <= _WIDTH else f"{cell[: _WIDTH - 1]}…" for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cut, strict=True)]
    for row in cut:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def problem_json(problem: Problem) -> list[dict[str, Any]]:
    """A problem for machines, one entry a place."""
    lines = problem.lines or (problem.line,)
    return [
        {
            "file": str(problem.file),
            "line": line,
            "reason": problem.reason,
            "count": problem.count if at == 0 else 1,
        }
        for at, line in enumerate(lines)
    ]


def mapping_toml(sheet: Sheet) -> str:
    """The mapping of a table as TOML, to be kept and changed; what is open is in it as a comment."""
    mapping = sheet.mapping
    lines = [
        f"# How {sheet.table.path.name} is read; docs/importing.md explains every key.",
        f'kind = "{mapping.kind}"',
    ]
    plain = mapping.model_dump(mode="json", exclude_defaults=True, exclude={"kind", "columns"})
    tables = {name: value for name, value in plain.items() if isinstance(value, dict)}
    lines += [f"{name} = {_toml(value)}" for name, value in plain.items() if name not in tables]
    lines += ["", "[columns]"]
    lines += [
        f"{field} = {_toml(names[0] if len(names) == 1 else list(names))}"
        for field, names in mapping.fields().items()
    ]
    for name, table in tables.items():
        lines += ["", f"[{name}]"]
        lines += [f"{_toml(key)} = {_toml(value)}" for key, value in table.items()]
    if sheet.findings.questions:
        lines += ["", "# To decide, in the lines above or as shown:"]
        lines += [f"# {question.reason}" for question in sheet.findings.questions]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_toml(key)} = {_toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{text}"'


def save_mapping(sheet: Sheet, path: Path) -> None:
    """Write a table's mapping to a file."""
    path.write_text(mapping_toml(sheet), encoding="utf-8")
