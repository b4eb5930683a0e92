"""Records of other systems, checked: what numbers need must be right, anything else costs nothing when it is not."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, TypeVar  # Any: JSON as somebody sent it

from pydantic import BaseModel, BeforeValidator, ValidationError, WrapValidator
from pydantic_core import ErrorDetails

from schemas.rejections import explain
from streams.importers import transcript_texts as texts
from streams.importers.contract import Options, Problem
from streams.importers.source import Source
from streams.language import Text

_SHOWN = 5

_DANISH = {
    "missing": "skal være der",
    "string_type": "skal være tekst",
    "string_too_long": "må højst være på {max_length} tegn",
    "string_too_short": "skal være på mindst {min_length} tegn",
    "string_pattern_mismatch": "skal passe med mønstret {pattern}",
    "int_type": "skal være et helt tal",
    "int_parsing": "skal være et helt tal",
    "int_from_float": "skal være et helt tal",
    "float_type": "skal være et tal",
    "float_parsing": "skal være et tal",
    "finite_number": "skal være et endeligt tal",
    "decimal_type": "skal være et beløb",
    "decimal_parsing": "skal være et beløb",
    "decimal_max_digits": "må højst have {max_digits} cifre",
    "decimal_max_places": "må højst have {decimal_places} decimaler",
    "greater_than": "skal være større end {gt}",
    "greater_than_equal": "skal være mindst {ge}",
    "less_than": "skal være mindre end {lt}",
    "less_than_equal": "må højst være {le}",
    "bool_type": "skal være sand eller falsk (true, false)",
    "bool_parsing": "skal være sand eller falsk (true, false)",
    "list_type": "skal være en liste",
    "tuple_type": "skal være en liste",
    "too_short": "skal have mindst {min_length}",
    "too_long": "må højst have {max_length}",
    "dict_type": "skal være et JSON-objekt",
    "model_type": "skal være et JSON-objekt",
    "model_attributes_type": "skal være et JSON-objekt",
    "literal_error": "skal være {expected}",
    "date_type": "skal være en dato",
    "date_parsing": "skal være en dato som 2026-11-24",
    "date_from_datetime_parsing": "skal være en dato som 2026-11-24",
    "datetime_type": "skal være et tidspunkt",
    "datetime_parsing": "skal være et tidspunkt som 2026-11-24T09:30:00Z",
    "datetime_from_date_parsing": "skal være et tidspunkt som 2026-11-24T09:30:00Z",
    "timezone_aware": "skal have en tidszone",
    "extra_forbidden": "findes ikke her",
}
"""By pydantic's kind of error. The English sentences are pydantic's own."""
_DANISH_VALUES = {
    "must be a number of seconds": "skal være et antal sekunder",
    "must be a number of milliseconds": "skal være et antal millisekunder",
    "must be 0 (open), 1 (won) or 2 (lost)": "skal være 0 (åben), 1 (vundet) eller 2 (tabt)",
}

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


def validated(model: type[M], raw: object, source: Source, place: str = "") -> M | Problem:
    """A record as its model, or the problem with it; `place` is where it stands in its document."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        return Problem(source.path, None, source.say(reason_of(error, place)))


def reason_of(error: ValidationError, place: str = "") -> Text:
    """What is wrong with a record of another system: fields and expectations, and of values only numbers."""
    sentences: list[tuple[str, str]] = []
    for problem in error.errors(include_url=False):
        path = ".".join([place, *map(str, problem["loc"])] if place else map(str, problem["loc"]))
        value = problem["input"]
        shown = ("", "") if not isinstance(value, int | float) else (f" (got {value!r})", f" (fik {value!r})")
        english = problem["msg"].removeprefix("Value error, ")
        sentences.append((f"{path}: {english}{shown[0]}", f"{path}: {_in_danish(problem)}{shown[1]}"))
    return Text("; ".join(english for english, _ in sentences), "; ".join(danish for _, danish in sentences))


def event_reason(error: ValidationError) -> Text:
    """What is wrong with an event of ours; of what was sent only short numbers are repeated."""
    english = danish = explain(error).detail
    for problem in error.errors(include_url=False):
        danish = danish.replace(problem["msg"], _in_danish(problem))
    return Text(english, danish.replace("(got ", "(fik "))


def _in_danish(problem: ErrorDetails) -> str:
    """What pydantic says of a field, in Danish; as it is where it is said too rarely to be translated."""
    words = _DANISH.get(problem["type"])
    if problem["type"] == "value_error":
        english = problem["msg"].removeprefix("Value error, ")
        return _DANISH_VALUES.get(english, english)
    return problem["msg"] if words is None else words.format(**problem.get("ctx", {}))


def _none_when_wrong(value: Any, check: Callable[[Any], Any]) -> Any:
    try:
        return check(value)
    except ValidationError:
        return None


def _milliseconds(value: object, unit_ms: float, unit: str) -> int:
    try:
        number = math.nan if isinstance(value, bool) else unit_ms * float(value)  # type: ignore[arg-type]  # found out
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"must be a number of {unit}")
    return round(number)


Unneeded = Annotated[T | None, WrapValidator(_none_when_wrong)]
"""A field that no number needs: None when it is absent, null or anything but a T."""
Seconds = Annotated[int, BeforeValidator(lambda value: _milliseconds(value, 1000, "seconds"))]
"""Milliseconds, from a number of seconds."""
Millis = Annotated[int, BeforeValidator(lambda value: _milliseconds(value, 1, "milliseconds"))]
"""Milliseconds, from a number of them, perhaps with a fraction."""


def unattributed(
    places: Sequence[str], source: Source, options: Options, nobody: Text | None = None
) -> Iterator[Problem]:
    """The problem with records that do not say who speaks: one for all of them; `nobody` is why, when none does."""
    if not places:
        return
    say = options.told_in
    if nobody is not None:
        yield Problem(source.path, None, nobody.of(say), len(places))
        return
    more = ""
    if len(places) > 1:
        shown = ", ".join(places[:_SHOWN]) + (" ..." if len(places) > _SHOWN else "")
        more = f"{texts.AND_MORE.of(say).format(count=len(places) - 1)} ({shown})"
    yield Problem(source.path, None, f"{places[0]}{more}: {texts.UNNAMED_RECORD.of(say)}", len(places))
