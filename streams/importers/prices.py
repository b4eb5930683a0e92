"""Prices in a list beside a table of deals, by name: what a deal is worth where no column tells it."""

from __future__ import annotations

from decimal import Decimal

from streams.importers import file_texts
from streams.importers.findings import Findings
from streams.importers.mapping import DealMapping, PriceList
from streams.importers.source import Source, UnreadableError
from streams.importers.tables.numbers import NumberColumn, number_of
from streams.importers.tables.table import Row
from streams.importers.tables.text import read_text


def prices_of(
    source: Source, mapping: DealMapping, prices_in: PriceList, findings: Findings
) -> dict[str, Decimal]:
    """The prices of a list beside the file, by name. Raises UnreadableError."""
    path = source.path.with_name(prices_in.file)
    if not path.is_file():
        findings.refuse(1, file_texts.NO_PRICE_LIST, file=prices_in.file, beside=source.path.name)
        return {}
    table = read_text(
        path, lambda row: len({prices_in.name, prices_in.value} & set(row)), given_encoding=mapping.encoding
    )
    missing = [name for name in (prices_in.name, prices_in.value) if name not in table.header]
    if missing:
        raise UnreadableError(file_texts.NO_PRICE_COLUMN, file=prices_in.file, names=", ".join(missing))
    name_at, value_at = table.header.index(prices_in.name), table.header.index(prices_in.value)
    rows: list[Row] = [row for row in table.rows() if len(row.cells) > max(name_at, value_at)]
    column = NumberColumn()
    for row in rows:
        if isinstance(cell := row.cells[value_at], str):
            column.add(row.line, cell)
    sign = column.decimals or mapping.decimal or "."
    prices = {}
    for row in rows:
        name, cell = row.cells[name_at], row.cells[value_at]
        number = number_of(cell) if isinstance(cell, str) else None
        if isinstance(name, str) and cell is not None:
            if number is None:
                raise UnreadableError(
                    file_texts.NO_PRICE, file=prices_in.file, line=row.line, column=prices_in.value
                )
            prices[name] = number.value(sign)
    return prices
