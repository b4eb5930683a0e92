"""A mapping is checked when it is read; what is wrong is named by its key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from streams.importers import MappingError, read_mapping
from streams.importers.mapping import (
    ActivityMapping,
    DealMapping,
    PeriodMapping,
    SellerMapping,
    ready_mappings,
)

DATA = Path(__file__).parents[3] / "data" / "importers"
GUIDE = Path(__file__).parents[4] / "docs" / "importing.md"


def test_the_ready_mappings_can_be_read() -> None:
    assert {type(mapping) for mapping in ready_mappings()} == {DealMapping, SellerMapping}


def test_the_mappings_in_the_documentation_can_be_read(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "mapping.toml"
    kinds = set()
    for block in blocks:
        path.write_text(block, encoding="utf-8")
        kinds.add(type(read_mapping(path)))
    assert kinds == {DealMapping, SellerMapping, ActivityMapping, PeriodMapping}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('kind = "opportunities"', 'kind = "deals"'), "kind: "),
        (('kind = "opportunities"', ""), "kind: "),
        (('stage = "Fase"\n', ""), "[columns] has no stage and no state and no is_closed and no is_won"),
        (
            ('encoding = "cp1252"', 'encoding = "base64"'),
            "encoding: Value error, 'base64' is no encoding of text",
        ),
        (('stage = "Fase"\n', 'stage = "Fase"\nphase = "Fase"\n'), "columns.phase: Extra inputs"),
        (('Vundet = "won"', 'Vundet = "yes"'), "states.Vundet: "),
        (('"cp1252"', '"cp1253x"'), "encoding: Value error, 'cp1253x' is no encoding"),
        (('decimal = ","', 'decimal = ";"'), "decimal: "),
        (('kind = "opportunities"', "kind = opportunities"), "not TOML"),
    ],
)
def test_what_is_wrong_is_named(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text((DATA / "deals.toml").read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(MappingError, match=r"mapping\.toml: ") as caught:
        read_mapping(path)
    assert said in str(caught.value)


def test_a_mapping_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="cannot be read"):
        read_mapping(tmp_path / "none.toml")
