"""How the columns of a CSV file become deals or sellers: a mapping, written in TOML, checked when it is read.

The ready ones are in mappings/; a file is read by the first whose columns it has.
"""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from schemas.events import DealState
from schemas.fields import Currency

_READY = Path(__file__).parent / "mappings"


class MappingError(ValueError):
    """A mapping cannot be used; the text names the file, the key and what is expected."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class DealColumns(_Table):
    """The column of each field of a deal."""

    opportunity_id: str
    seller_id: str
    name: str
    stage: str
    customer_id: str | None = None
    estimated_value: str | None = None
    actual_value: str | None = None
    currency: str | None = None
    win_percent: str | None = None
    """How likely it is won, 0 to 100."""
    estimated_close_on: str | None = None
    opened_on: str | None = None
    """Since when the deal is open; a closed deal then yields two changes, its opening and its end."""
    closed_on: str | None = None
    changed_on: str | None = None
    """Since when the row holds, where neither opening nor end tells."""


class PriceList(_Table):
    """Another CSV file in the same folder that tells a deal's estimated value by the deal's name."""

    file: str
    name: str
    """The column with the name."""
    value: str
    """The column with the value."""


def _known_encoding(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError:
        raise ValueError(f"{name!r} is no encoding; exports from Danish Windows are often cp1252") from None
    return name


class _Csv(_Table):
    encoding: Annotated[str, AfterValidator(_known_encoding)] = "utf-8"
    decimal: Literal[".", ","] = "."
    """What stands before the decimals of a number."""
    date_format: str = "%Y-%m-%d"
    """As strptime has it."""
    replace: dict[str, dict[str, str]] = {}
    """By column: values that are spelled otherwise than elsewhere, and how they should be."""

    def column_names(self) -> set[str]:
        """The columns that a file must have."""
        columns: BaseModel = self.columns  # type: ignore[attr-defined]  # both kinds of mapping have it
        return set(columns.model_dump(exclude_none=True).values())


class DealMapping(_Csv):
    """A file of deals, one a row."""

    kind: Literal["opportunities"]
    columns: DealColumns
    states: dict[str, DealState]
    """What each stage amounts to."""
    opening_stage: str = "Open"
    """The stage that a deal had when it was opened."""
    as_of: date | None = None
    """Day of the export: since when rows hold that have no date."""
    currency: Currency | None = None
    """Currency of a file without such a column; else it is the one that the command is told."""
    prices: PriceList | None = None


class SellerColumns(_Table):
    """The column of each field of a seller."""

    seller_id: str
    name: str
    team: str
    manager_id: str | None = None


class SellerMapping(_Csv):
    """A file of sellers, one a row."""

    kind: Literal["sellers"]
    columns: SellerColumns


ColumnMapping = DealMapping | SellerMapping

_ADAPTER: TypeAdapter[ColumnMapping] = TypeAdapter(Annotated[ColumnMapping, Field(discriminator="kind")])


def read_mapping(path: Path) -> ColumnMapping:
    """The mapping in a TOML file. Raises MappingError."""
    try:
        return _ADAPTER.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise MappingError(f"{path}: cannot be read: {error.strerror}") from None
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, problem['loc'][1:])) or 'kind'}: {problem['msg']}"
            for problem in error.errors(include_url=False)
        )
        raise MappingError(f"{path}: {problems}") from None
    except ValueError as error:
        raise MappingError(f"{path}: not TOML: {error}") from None


@cache
def ready_mappings() -> tuple[ColumnMapping, ...]:
    """The mappings that come with the program."""
    return tuple(_read_ready())


def _read_ready() -> Iterator[ColumnMapping]:
    for path in sorted(_READY.glob("*.toml")):
        yield read_mapping(path)
