"""Records in JSON, as the interfaces of CRMs answer: a page of them becomes a table whose headings are their fields."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any  # Any: JSON as somebody sent it

from streams.importers import file_texts as texts
from streams.importers.source import Source, UnreadableError
from streams.importers.tables.table import Cell, Row, Table, tidy
from streams.language import Text

_LISTS = ("value", "records", "results", "data", "deals", "items")
_FORMATTED = "@OData.Community.Display.V1.FormattedValue"
_MAX_DEPTH = 3


def find_records(source: Source) -> list[dict[str, Any]] | None:
    """The records of a JSON document, or None when it has none where CRMs put them."""
    found = source.array() or _listed(source.object())
    if found is None or not found or not all(isinstance(each, dict) for each in found):
        return None
    return found


def _listed(document: dict[str, Any]) -> list[Any] | None:
    for name in _LISTS:
        if isinstance(document.get(name), list):
            listed: list[Any] = document[name]
            return listed
    result = document.get("result")
    return _listed(result) if isinstance(result, dict) else None


def read_records(source: Source, records: list[dict[str, Any]]) -> Table:
    """Records as a table; what is nested has its path as heading, with a point between. Raises UnreadableError."""
    rows = [dict(_flat(record)) for record in records]
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    notes = _rest(source.object(), len(records))

    def read() -> Iterator[Row]:
        for number, row in enumerate(rows, start=1):
            yield Row(number, [row.get(name) for name in header], len(header))

    return Table(source.path, header, read, form=texts.RECORDS, notes=notes, is_typed=True)


def _rest(document: dict[str, Any], count: int) -> tuple[Text, ...]:
    """What says that there are more records than these. Raises UnreadableError, for a part would pass for the whole."""
    result = document.get("result")
    inner: dict[str, Any] = result if isinstance(result, dict) else document
    paging = inner.get("paging")
    more = (
        "@odata.nextLink" in inner
        or inner.get("done") is False
        or (isinstance(paging, dict) and "next" in paging)
        or _pages_on(inner)
    )
    if more:
        total = inner.get("totalSize") or inner.get("@odata.count") or inner.get("total")
        of, of_da = (f" of {total}", f" af {total}") if isinstance(total, int) else ("", "")
        raise UnreadableError(texts.ONE_PAGE, count=count, of=of, of_da=of_da)
    return ()


def _pages_on(document: dict[str, Any]) -> bool:
    """Pipedrive's and Zoho's ways to say that more follow."""
    extra, info = document.get("additional_data"), document.get("info")
    pagination = extra.get("pagination") if isinstance(extra, dict) else None
    return bool(
        (isinstance(pagination, dict) and pagination.get("more_items_in_collection"))
        or (isinstance(extra, dict) and extra.get("next_cursor"))
        or (isinstance(info, dict) and info.get("more_records"))
    )


def _flat(record: dict[str, Any], path: str = "", depth: int = 0) -> Iterator[tuple[str, Cell]]:
    for name, value in record.items():
        if name == "attributes" or (name.startswith("@odata") and not path):
            continue
        whole = f"{path}{name}"
        if isinstance(value, dict) and depth < _MAX_DEPTH:
            inner = "" if name == "properties" else f"{whole}."
            yield from _flat(value, inner, depth + 1)
        elif not isinstance(value, list | dict):
            yield _name(whole), _cell(value)


def _name(whole: str) -> str:
    return whole.replace(_FORMATTED, " (text)")


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return Decimal(repr(value)) if abs(value) != float("inf") and value == value else None
    return tidy(value) or None if isinstance(value, str) else None


__all__ = ["UnreadableError", "find_records", "read_records"]
