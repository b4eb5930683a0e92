"""How the columns of a table become deals, activities, sellers or periods: a mapping in TOML, checked when read.

The ready ones are in mappings/; other tables are recognised by their headings (see `recognition`).
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal  # Any: JSON as somebody sent it

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)

from schemas.events import DealState
from schemas.fields import Currency
from streams.importers import file_texts as texts
from streams.language import Text, verbatim

_AMOUNT = re.compile(r"\d{1,13}(?:\.\d{1,2})?")
_READY = Path(__file__).parent / "mappings"


class MappingError(ValueError):
    """A mapping cannot be used; the text names the file, the key and what is expected."""

    def __init__(self, reason: Text, **values: object) -> None:
        self.reason = reason.filled(**values)
        super().__init__(self.reason.en)


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


Columns = Annotated[tuple[str, ...], BeforeValidator(_several), Field(min_length=1)]
"""One column, or several of which the first that is not empty counts."""


class DealColumns(_Table):
    """The columns of each field of a deal."""

    opportunity_id: Columns | None = None
    """Without it a deal is known by its name and its customer."""
    seller_id: Columns | None = None
    name: Columns | None = None
    stage: Columns | None = None
    state: Columns | None = None
    """Whether a deal is open, won or lost, where its stage does not tell."""
    is_closed: Columns | None = None
    is_won: Columns | None = None
    is_removed: Columns | None = None
    customer_id: Columns | None = None
    estimated_value: Columns | None = None
    base_value: Columns | None = None
    """The estimated value in the reporting currency, for deals in another one."""
    actual_value: Columns | None = None
    base_actual_value: Columns | None = None
    exchange_rate: Columns | None = None
    """How much of the deal's currency one of the reporting one is, as Dynamics has it."""
    currency: Columns | None = None
    win_percent: Columns | None = None
    """How likely it is won: percent or a share of 1, which the column shows as a whole."""
    estimated_close_on: Columns | None = None
    opened_on: Columns | None = None
    """Since when the deal is open; a closed deal then yields two changes, its opening and its end."""
    closed_on: Columns | None = None
    changed_on: Columns | None = None
    """Since when the row holds."""


class PriceList(_Table):
    """Another CSV file in the same folder that tells a deal's estimated value by the deal's name."""

    file: str
    name: str
    """The column with the name."""
    value: str
    """The column with the value."""


def _text_encoding(name: str) -> str:
    try:
        found = codecs.lookup(name)
    except LookupError:
        found = None
    if found is None or not getattr(found, "_is_text_encoding", True):
        raise ValueError(f"{name!r} is no encoding of text; leave it out, and it is found by itself")
    return name


class _TableMapping(_Table):
    encoding: Annotated[str, AfterValidator(_text_encoding)] | None = None
    """Found by itself when absent."""
    decimal: Literal[".", ","] | None = None
    """What stands before the decimals of a number; each column shows it when absent."""
    date_format: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    """As strptime has it, one or several; a time may follow. Each column shows it when absent."""
    date_formats: dict[str, Annotated[tuple[str, ...], BeforeValidator(_several)]] = {}
    """The same by column."""
    sheet: str | None = None
    """The sheet of a workbook; else those whose headings fit."""
    replace: dict[str, dict[str, str]] = {}
    """By column: values that are spelled otherwise than elsewhere, and how they should be."""
    constants: dict[str, str] = {}
    """By field: what holds of every row, where no column has it."""

    def fields(self) -> dict[str, tuple[str, ...]]:
        """The columns by field, as far as they are mapped."""
        columns: BaseModel = self.columns  # type: ignore[attr-defined]  # every kind of mapping has it
        return columns.model_dump(exclude_none=True)

    def column_names(self) -> set[str]:
        """The columns that a file must have."""
        return {name for names in self.fields().values() for name in names}

    def formats_of(self, column: str) -> tuple[str, ...]:
        """The formats of a column's dates; none when the column itself shows them."""
        return self.date_formats.get(column, self.date_format)


class DealMapping(_TableMapping):
    """A file of deals, one a row."""

    kind: Literal["opportunities"]
    columns: DealColumns
    states: dict[str, DealState] = {}
    """What each stage, or each value of `state`, amounts to; the usual words need not be given."""
    opening_stage: str = "Open"
    """The stage that a deal had when it was opened."""
    win_format: Literal["percent", "share"] | None = None
    """How `win_percent` is written; the column shows it when absent."""
    as_of: date | None = None
    """Day of the export: since when rows hold that have no date."""
    currency: Currency | None = None
    """Currency of a file without such a column; else it is the one that the command is given."""
    prices: PriceList | None = None


class SellerColumns(_Table):
    """The columns of each field of a seller."""

    seller_id: Columns | None = None
    name: Columns | None = None
    team: Columns | None = None
    manager_id: Columns | None = None
    starred: Columns | None = None
    active: Columns | None = None


class SellerMapping(_TableMapping):
    """A file of sellers, one a row."""

    kind: Literal["sellers"]
    columns: SellerColumns


ActivityWord = Literal["email", "phone", "meeting", ""]


class ActivityColumns(_Table):
    """The columns of each field of an activity."""

    activity_id: Columns | None = None
    kind: Columns | None = None
    seller_id: Columns | None = None
    opportunity_id: Columns | None = None
    opportunity_name: Columns | None = None
    """The deal by its name, where no column has its id."""
    started_at: Columns | None = None
    ended_at: Columns | None = None
    duration: Columns | None = None
    status: Columns | None = None
    with_customer: Columns | None = None


class ActivityMapping(_TableMapping):
    """A file of activities, one a row."""

    kind: Literal["activities"]
    columns: ActivityColumns
    kinds: dict[str, ActivityWord] = {}
    """What each kind of activity amounts to, "" for one that is left out; the usual words need not be given."""
    duration_unit: Literal["minutes", "seconds", "hours"] | None = None


class PeriodColumns(_Table):
    """The columns of each field of a sales period."""

    period_id: Columns | None = None
    starts_on: Columns | None = None
    ends_on: Columns | None = None
    team: Columns | None = None
    target_value: Columns | None = None
    currency: Columns | None = None


class PeriodMapping(_TableMapping):
    """A file of sales periods and targets, one a row."""

    kind: Literal["periods"]
    columns: PeriodColumns
    currency: Currency | None = None


ColumnMapping = DealMapping | SellerMapping | ActivityMapping | PeriodMapping

NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "opportunities": (("name",), ("stage", "state", "is_closed", "is_won")),
    "sellers": (("name", "seller_id"), ("team",)),
    "activities": (("kind",), ("started_at",)),
    "periods": (("period_id", "starts_on"),),
}
"""By kind: fields of which one of each group must be mapped or a constant. Who sells may be stated otherwise, too."""

ADAPTER: TypeAdapter[ColumnMapping] = TypeAdapter(Annotated[ColumnMapping, Field(discriminator="kind")])


def read_mapping(path: Path) -> ColumnMapping:
    """The mapping in a TOML file. Raises MappingError."""
    try:
        mapping = ADAPTER.validate_python(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise MappingError(texts.CANNOT_BE_READ, path=path, why=error.strerror) from None
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, problem['loc'][1:])) or 'kind'}: {problem['msg']}"
            for problem in error.errors(include_url=False)
        )
        raise MappingError(verbatim(f"{path}: {problems}")) from None
    except ValueError as error:
        raise MappingError(texts.NOT_TOML, path=path, why=error) from None
    for group in NEEDED[mapping.kind]:
        if not any(name in mapping.fields() or name in mapping.constants for name in group):
            raise MappingError(
                texts.NO_NEEDED_COLUMN,
                path=path,
                names=" and no ".join(group),
                names_da=" eller ".join(group),
            )
    known = set(type(mapping.columns).model_fields)
    if unknown := mapping.constants.keys() - known:
        raise MappingError(
            texts.NO_SUCH_FIELD, path=path, name=sorted(unknown)[0], known=", ".join(sorted(known))
        )
    for name, value in mapping.constants.items():
        if name.endswith(("_on", "_at")) or name in ("duration", "win_percent"):
            raise MappingError(texts.NO_CONSTANT, path=path, name=name)
        if name.endswith("_value") and not _AMOUNT.fullmatch(value):
            raise MappingError(texts.NO_AMOUNT, path=path, name=name, value=repr(value))
    return mapping


@cache
def ready_mappings() -> tuple[ColumnMapping, ...]:
    """The mappings that come with the program."""
    return tuple(_read_ready())


def _read_ready() -> Iterator[ColumnMapping]:
    for path in sorted(_READY.glob("*.toml")):
        yield read_mapping(path)
