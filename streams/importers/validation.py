"""Records of other systems, checked: what numbers need must be right, anything else costs nothing when it is not."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ValidationError, WrapValidator

from streams.importers import transcript_texts as texts
from streams.importers.contract import Options, Problem
from streams.importers.language import Text
from streams.importers.source import Source

_SHOWN = 5

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


def validated(model: type[M], raw: object, source: Source, place: str = "") -> M | Problem:
    """A record as its model, or the problem with it; `place` is where it stands in its document."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        return Problem(source.path, None, reason_of(error, place))


def reason_of(error: ValidationError, place: str = "") -> str:
    """What is wrong with a record of another system: fields and expectations, and of values only numbers."""
    sentences = []
    for problem in error.errors(include_url=False, include_context=False):
        path = ".".join([place, *map(str, problem["loc"])] if place else map(str, problem["loc"]))
        value = problem["input"]
        shown = f" (got {value!r})" if isinstance(value, int | float) else ""
        sentences.append(f"{path}: {problem['msg'].removeprefix('Value error, ')}{shown}")
    return "; ".join(sentences)


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
