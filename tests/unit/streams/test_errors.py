"""One family of errors: each says with which code a command ends, and what to do."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import streams
from clickhouse.client import ClickHouseUnavailableError
from clickhouse.embedded.config import EmbeddedError
from clickhouse.schema.migrate import MigrationError
from streams import errors
from streams.errors import FOREIGN, SalgspulsError, exit_code_of


def _family() -> set[type[SalgspulsError]]:
    """The members that any module of this room declares, not the kinds of one."""
    for module in pkgutil.walk_packages(streams.__path__, "streams."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return set(SalgspulsError.__subclasses__())


def test_the_drawing_names_the_whole_family() -> None:
    drawn = errors.__doc__ or ""
    family = _family()
    assert len(family) > 8
    for kind in family:
        assert kind.__name__ in drawn, f"draw {kind.__name__} in streams/errors.py"


@pytest.mark.parametrize("kind", [ClickHouseUnavailableError, EmbeddedError, MigrationError])
def test_the_store_s_errors_are_of_the_kind(kind: type[Exception]) -> None:
    assert exit_code_of(kind("no answer")) == 1


def test_foreign_errors_exist_under_their_names_and_defects_have_no_code() -> None:
    for name in FOREIGN:
        module, _, kind = name.rpartition(".")
        assert exit_code_of(getattr(importlib.import_module(module), kind)("no answer")) == 1
    assert exit_code_of(ValueError("a defect")) is None


def test_the_remedy_stands_behind_what_is_wrong() -> None:
    error = SalgspulsError("Kafka does not answer", remedy="start it")
    assert (str(error), error.remedy) == ("Kafka does not answer: start it", "start it")
    assert str(SalgspulsError("Kafka does not answer")) == "Kafka does not answer"
