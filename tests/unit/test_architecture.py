"""The import table of docs/design.md: no room knows more of the house than it may."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAY_IMPORT = {
    "schemas": set[str](),
    "processors": {"schemas"},
    "clickhouse": {"schemas"},
    "streams": {"schemas", "processors", "clickhouse", "grafana"},
    "grafana": {"schemas", "clickhouse"},
}
ROOMS = set(MAY_IMPORT)
IMPURE = {
    "asyncio",
    "socket",
    "time",
    "random",
    "os",
    "pathlib",
    "logging",
    "aiokafka",
    "faust",
    "clickhouse_connect",
}
"""What the analyses must do without: clocks, chance, files, networks."""
READS_ITS_DATA = {"lexicon", "danish_lexicon", "lang", "__init__", "english", "danish"}
"""Modules of the analyses that may read word lists that lie beside them or in a wheel."""


def _imports(path: Path) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_only_what_the_table_allows(room: str) -> None:
    modules = sorted((ROOT / room).rglob("*.py"))
    assert modules
    for path in modules:
        forbidden = _imports(path) & (ROOMS | {"tests"}) - MAY_IMPORT[room] - {room}
        assert not forbidden, f"{path.relative_to(ROOT)} imports {', '.join(sorted(forbidden))}"


def test_the_analyses_do_without_clock_chance_and_network() -> None:
    for path in sorted((ROOT / "processors").rglob("*.py")):
        impure = _imports(path) & IMPURE
        if path.stem in READS_ITS_DATA or "sentiment" in path.parts:
            impure -= {"pathlib"}
        assert not impure, f"{path.relative_to(ROOT)} imports {', '.join(sorted(impure))}"


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_every_module_says_what_it_is_for(room: str) -> None:
    for path in sorted((ROOT / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body:
            assert ast.get_docstring(tree), f"{path.relative_to(ROOT)} says not what it is for"
