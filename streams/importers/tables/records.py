"""Records in JSON, as the interfaces of CRMs answer: a page of them becomes a table whose headings are their fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any  # Any: JSON as somebody sent it

from streams.importers import file_texts as texts
from streams.importers.recognition import recognise
from streams.importers.source import Source, UnreadableError
from streams.importers.tables.table import Cell, Row, Table, tidy

_LISTS = ("value", "records", "results", "data", "deals", "items")
_WRAPPERS = ("result", "d")
"""Where commands and older interfaces put their page."""
_TOTALS = ("totalSize", "@odata.count", "total")
_OUR_OWN = "type"
"""A field that lines of our own events have."""
_MESSAGES = frozenset({"ChangeEventHeader", "PrimaryEntityName"})
"""Fields of change messages, which are no records."""
_FORMATTED = "@OData.Community.Display.V1.FormattedValue"
_MAX_DEPTH = 3


class MissingPagesError(UnreadableError):
    """A file says that there are more records than it has."""


def find_records(source: Source) -> list[dict[str, Any]] | None:
    """The records of a JSON file: a list, lines, or pages of them where CRMs put them; None when it has none.

    Raises MissingPagesError, for a part would pass for the whole, and UnreadableError.
    """
    values = _values(source)
    pages = [page for value in values if (page := _page(value)) is not None]
    if pages:
        if len(pages) < len(values):
            return None
        found = [record for page in pages for record in _listed(page)]
        _check_whole(pages, len(found))
    else:
        found = values
    if not found or not all(isinstance(each, dict) and _MESSAGES.isdisjoint(each) for each in found):
        return None
    return found


def _values(source: Source) -> list[Any]:
    """The values that a file holds, one behind the other, a line each, or as a list; of other lines none."""
    if source.is_one_document:
        return source.array() or [page for page in [source.object()] if _page(page) is not None]
    first = source.first_message()
    if _page(first) is None and (_OUR_OWN in first or recognise([name for name, _ in _flat(first)]) is None):
        return []
    document = source.document()
    return document if isinstance(document, list) else []


def _page(value: Any) -> dict[str, Any] | None:
    """What of a value has records and says which page of them it is; None when it is no page."""
    if not isinstance(value, dict):
        return None
    if any(isinstance(value.get(name), list) for name in _LISTS):
        return value
    return next((page for name in _WRAPPERS if (page := _page(value.get(name))) is not None), None)


def _listed(page: dict[str, Any]) -> list[Any]:
    return next(page[name] for name in _LISTS if isinstance(page.get(name), list))


def read_records(source: Source, records: list[dict[str, Any]]) -> Table:
    """Records as a table; what is nested has its path as heading, with a point between."""
    rows = [dict(_flat(record)) for record in records]
    header = tuple(dict.fromkeys(name for row in rows for name in row))

    def read() -> Iterator[Row]:
        for number, row in enumerate(rows, start=1):
            yield Row(number, [row.get(name) for name in header], len(header))

    return Table(source.path, header, read, form=texts.RECORDS, is_typed=True)


def _check_whole(pages: Sequence[dict[str, Any]], count: int) -> None:
    """Raise MissingPagesError where every page says that another follows, or one says that there are more records."""
    stated = [page.get(name) for page in pages for name in _TOTALS]
    total = max((number for number in stated if type(number) is int), default=0)
    if count < total or all(map(_says_more, pages)):
        of, of_da = (f" of {total}", f" af {total}") if total > count else ("", "")
        reason = texts.ONE_PAGE if len(pages) == 1 else texts.SOME_PAGES
        raise MissingPagesError(reason, count=count, of=of, of_da=of_da, pages=len(pages))


def _says_more(page: dict[str, Any]) -> bool:
    paging = page.get("paging")
    return bool(
        page.get("@odata.nextLink")
        or page.get("nextRecordsUrl")
        or page.get("done") is False
        or (isinstance(paging, dict) and paging.get("next"))
        or _pages_on(page)
    )


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
