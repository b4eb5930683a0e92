"""Tests over many pages, widths or languages: a few of them with every run, the others by `make matrix`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest


def over(values: Iterable[Any], always: Iterable[Any]) -> Iterator[Any]:
    """A parameter of each value; the tests of those that are not in `always` belong to the matrix.

    Raises:
        ValueError: `always` names something that is not among the values.
    """
    values, always = list(values), list(always)
    if unknown := [value for value in always if value not in values]:
        raise ValueError(f"not among the parameters: {unknown}")
    for value in values:
        marks = () if value in always else (pytest.mark.matrix,)
        yield pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=marks)
