"""Who may import whom: the table is the architecture.

`python -m tests.unit.test_architecture` prints who imports whom today.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

ROOMS = ("schemas", "processors", "clickhouse", "grafana", "streams")

MAY_IMPORT: dict[str, str] = {
    # the wire contract: nothing of ours
    "schemas": "",
    # pure analysis
    "processors.text": "processors.lang",
    "processors.lang": "",
    "processors.analysis": "schemas clickhouse.schema processors.text processors.lang",
    "processors.conversation": "schemas clickhouse.schema processors.text processors.analysis",
    # the store
    "clickhouse.sql": "",
    "clickhouse.quoting": "",
    "clickhouse.client": "",
    "clickhouse.embedded": "clickhouse.sql clickhouse.quoting",
    "clickhouse.schema": "schemas clickhouse.sql clickhouse.quoting",
    "clickhouse.aggregates": "clickhouse.quoting clickhouse.schema",
    "clickhouse.store": "schemas clickhouse.aggregates clickhouse.client clickhouse.schema",
    "clickhouse.erasure": "schemas clickhouse.aggregates clickhouse.schema",
    # the running program
    "streams.errors": "",
    "streams.config": "schemas clickhouse.client streams.errors",
    "streams.logs": "schemas streams.config",
    "streams.kafka": "schemas streams.config streams.errors",
    "streams.importers": "schemas processors.text processors.lang",
    "streams.replay": "schemas streams.kafka",
    "streams.simulator": "schemas streams.config streams.kafka streams.replay",
    "streams.demo": "clickhouse.client clickhouse.schema streams.errors streams.config streams.kafka",
    "streams.worker": "schemas processors.analysis processors.conversation clickhouse.aggregates clickhouse.client "
    "clickhouse.erasure clickhouse.schema clickhouse.store streams.errors streams.config streams.kafka streams.logs",
    "streams.trackers": "schemas clickhouse.client clickhouse.schema clickhouse.store streams.errors streams.config "
    "streams.kafka streams.logs streams.demo streams.worker",
    "streams.jobs": "schemas processors.analysis processors.conversation clickhouse.aggregates clickhouse.client "
    "clickhouse.erasure clickhouse.schema streams.errors streams.config streams.kafka streams.logs streams.worker "
    "streams.importers streams.replay",
    # the pages
    "grafana.i18n": "",
    "grafana.theme": "",
    "grafana.macros": "",
    "grafana.dashboards": "grafana.i18n grafana.theme",
    "grafana.dashboards_ops": "grafana.dashboards grafana.theme",
    "grafana.alerts": "grafana.i18n grafana.dashboards streams.config",
    "grafana.publish": "grafana.dashboards",
    "grafana.web": "schemas clickhouse.client grafana.i18n grafana.theme grafana.macros grafana.dashboards "
    "grafana.alerts streams.trackers",
    "grafana.smoke": "grafana.alerts grafana.dashboards grafana.macros grafana.publish grafana.web",
    # the command line knows everything, and nothing knows it
    "streams.cli": "*",
}
"""Each package with the packages that it may import, separated by blanks; each stands above those that import it,
but for the room it is in. A package's own modules and the room's `__init__` go without saying."""

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


def _modules() -> Iterator[tuple[Path, str]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path, ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _package(module: str) -> str:
    """The second-level package of a module; a room by itself for its `__init__`, and for `schemas` altogether."""
    return "schemas" if module.startswith("schemas") else ".".join(module.split(".")[:2])


def _is_module(name: str) -> bool:
    path = ROOT / Path(*name.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()


def _imports(path: Path) -> set[str]:
    """The modules that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            full = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if _is_module(name) else node.module for name in full}
    return found


def _arrows() -> dict[str, set[str]]:
    """Which package imports which, of ours alone."""
    arrows: dict[str, set[str]] = {}
    for path, module in _modules():
        ours = {name for name in _imports(path) if name.partition(".")[0] in {*ROOMS, "tests"}}
        arrows.setdefault(_package(module), set()).update(map(_package, ours))
    return {source: targets - {source} - set(ROOMS[1:]) for source, targets in arrows.items()}


@pytest.mark.parametrize(("package", "imported"), sorted(_arrows().items()))
def test_a_package_imports_only_what_the_table_allows(package: str, imported: set[str]) -> None:
    if package in ROOMS[1:]:
        assert not imported, f"{package}/__init__ imports {', '.join(sorted(imported))}"
        return
    assert package in MAY_IMPORT, f"{package} is new: say in the table what it may import"
    allowed = set(MAY_IMPORT) if MAY_IMPORT[package] == "*" else set(MAY_IMPORT[package].split())
    assert imported <= allowed, f"{package} imports {', '.join(sorted(imported - allowed))}"


def test_the_analyses_know_of_the_store_only_what_its_rows_are() -> None:
    for path, module in _modules():
        if module.startswith("processors"):
            known = {name for name in _imports(path) if name.startswith("clickhouse")}
            assert known <= {"clickhouse.schema.rows"}, f"{module} imports {', '.join(sorted(known))}"
    assert {_package(name) for name in _imports(ROOT / "clickhouse/schema/rows.py")} & {*ROOMS} <= {"schemas"}


def test_the_table_names_what_exists() -> None:
    named = {name for value in MAY_IMPORT.values() for name in value.split()} - {"*"} | set(MAY_IMPORT)
    assert not [name for name in sorted(named) if not _is_module(name)]


def test_imports_run_one_way() -> None:
    arrows = _arrows()
    settled: set[str] = set()
    while ready := {package for package in arrows if package not in settled and arrows[package] <= settled}:
        settled |= ready
    assert settled == set(arrows), f"in a circle: {', '.join(sorted(set(arrows) - settled))}"


def test_the_analyses_do_without_clock_chance_and_network() -> None:
    for path in sorted((ROOT / "processors").rglob("*.py")):
        impure = {name.partition(".")[0] for name in _imports(path)} & IMPURE
        if path.stem in READS_ITS_DATA or "sentiment" in path.parts:
            impure -= {"pathlib"}
        assert not impure, f"{path.relative_to(ROOT)} imports {', '.join(sorted(impure))}"


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_has_a_docstring(room: str) -> None:
    for path in sorted((ROOT / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body:
            assert ast.get_docstring(tree), f"{path.relative_to(ROOT)} does not say what it is for"


def test_every_language_has_the_same_files_and_no_logic() -> None:
    folders = [path for path in (ROOT / "processors/lang").iterdir() if path.is_dir() and len(path.name) == 2]
    held = {path.name: {file.name for file in path.iterdir() if file.is_file()} for path in folders}
    assert {"da", "en"} <= held.keys()
    assert len({frozenset(files) for files in held.values()}) == 1, held
    for path in (file for folder in folders for file in folder.glob("*.py")):
        defined = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
        ]
        assert not defined, f"{path.relative_to(ROOT)} has logic: data stands there alone"


if __name__ == "__main__":  # python -m tests.unit.test_architecture
    for importer, targets in sorted(_arrows().items()):
        if targets:
            print(f"{importer:24} -> {', '.join(sorted(targets))}")
