"""Who may import whom: the table is the architecture.

`python -m tests.unit.test_architecture` prints who imports whom today, and writes the table in docs/design.md.
"""

from __future__ import annotations

import ast
import re
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
    "clickhouse.withdrawal": "clickhouse.schema",
    "clickhouse.reads": "clickhouse.schema clickhouse.sql",
    "clickhouse.visibility": "clickhouse.quoting clickhouse.schema",
    "clickhouse.months": "clickhouse.aggregates clickhouse.quoting clickhouse.schema",
    "clickhouse.backfill": "clickhouse.aggregates clickhouse.schema",
    "clickhouse.store": "schemas clickhouse.aggregates clickhouse.client clickhouse.months clickhouse.schema "
    "clickhouse.withdrawal",
    "clickhouse.erasure": "clickhouse.months schemas clickhouse.aggregates clickhouse.schema",
    # the running program
    "streams.errors": "",
    "streams.language": "",
    "streams.config": "schemas clickhouse.client streams.errors",
    "streams.logs": "schemas streams.config",
    "streams.kafka": "schemas streams.config streams.errors streams.language",
    "streams.importers": "schemas processors.text processors.lang streams.language",
    "streams.replay": "schemas streams.kafka",
    "streams.simulator": "schemas streams.config streams.kafka streams.replay",
    "streams.demo": "clickhouse.client clickhouse.schema streams.errors streams.config streams.kafka streams.simulator",
    "streams.worker": "schemas processors.text processors.analysis processors.conversation clickhouse.aggregates "
    "clickhouse.client clickhouse.erasure clickhouse.schema clickhouse.store streams.errors streams.config "
    "streams.kafka streams.logs",
    "streams.trackers": "schemas processors.analysis clickhouse.client clickhouse.schema clickhouse.store "
    "streams.errors streams.config streams.kafka streams.logs streams.demo streams.worker",
    "streams.sellers": "schemas clickhouse.schema clickhouse.store streams.config streams.logs streams.trackers",
    "streams.jobs": "schemas processors.text processors.analysis processors.conversation clickhouse.aggregates "
    "clickhouse.client clickhouse.erasure clickhouse.schema streams.errors streams.config streams.kafka streams.logs "
    "streams.worker streams.importers streams.replay clickhouse.store streams.demo streams.language",
    # the pages
    "grafana.i18n": "",
    "grafana.theme": "",
    "grafana.config": "grafana.i18n",
    "grafana.macros": "",
    "grafana.sql": "grafana.i18n",
    "grafana.panels": "grafana.i18n grafana.sql",
    "grafana.pages": "clickhouse.schema grafana.config grafana.i18n grafana.panels grafana.sql grafana.theme",
    "grafana.dashboards": "",
    "grafana.render": "grafana.config grafana.dashboards grafana.i18n grafana.pages grafana.panels grafana.sql "
    "grafana.theme",
    "grafana.dashboards_ops": "grafana.render grafana.theme",
    "grafana.alerts": "grafana.config grafana.i18n grafana.render streams.config grafana.theme",
    "grafana.publish": "grafana.dashboards grafana.render",
    "grafana.web": "schemas clickhouse.client clickhouse.reads clickhouse.sql clickhouse.visibility grafana.alerts "
    "grafana.config grafana.i18n grafana.macros grafana.pages grafana.panels grafana.sql grafana.theme streams.sellers "
    "streams.trackers",
    "grafana.smoke": "grafana.alerts grafana.dashboards grafana.macros grafana.publish grafana.render grafana.web",
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


def test_the_analyses_know_of_the_store_only_its_rows_and_metrics() -> None:
    for path, module in _modules():
        if module.startswith("processors"):
            known = {name for name in _imports(path) if name.startswith("clickhouse")}
            assert known <= {"clickhouse.schema.metrics", "clickhouse.schema.rows"}, (
                f"{module} imports {', '.join(sorted(known))}"
            )
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


DESIGN = ROOT / "docs" / "design.md"
_TABLE = re.compile(r"(<!-- packages, generated -->\n).*?(<!-- end of packages -->)", re.DOTALL)


def _design() -> str:
    """docs/design.md with the table of packages as the code has it."""
    rows = [
        f"| `{package}` | {_purpose(package)} | {_listed(allowed)} |"
        for package, allowed in MAY_IMPORT.items()
    ]
    table = "\n".join(["| Package | What it is for | May import |", "|---|---|---|", *rows, ""])
    return _TABLE.sub(lambda match: match[1] + table + match[2], DESIGN.read_text(encoding="utf-8"))


def _purpose(package: str) -> str:
    path = ROOT / Path(*package.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.partition("\n\n")[0].split())


def _listed(allowed: str) -> str:
    return "everything" if allowed == "*" else ", ".join(f"`{name}`" for name in allowed.split())


def test_the_design_lists_the_packages_as_they_are() -> None:
    assert DESIGN.read_text(encoding="utf-8") == _design(), (
        "run `python -m tests.unit.test_architecture` and commit docs/design.md"
    )


def test_every_exception_to_a_check_says_why() -> None:
    """`# type: ignore[code]  # why` and `# noqa: CODE - why`."""
    bare = [
        f"{path.relative_to(ROOT)}:{number}: {found[0]}"
        for path in _checked_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for found in _EXCEPTION.finditer(line)
        if not found["code"] or len(found["why"].strip(" #-:")) < 4
    ]
    assert not bare, "\n".join(["these do not say why:", *bare])


_EXCEPTION = re.compile(
    r"#\s*(?:type: ignore|noqa)(?::\s*|\[)?(?P<code>[\w-]+(?:,\s*[\w-]+)*)?\]?(?P<why>[^\"]*)$"
)


def test_every_module_that_needs_any_says_what_for() -> None:
    """`from typing import Any  # Any: why`."""
    bare = [
        f"{path.relative_to(ROOT)}:{number}: {line}"
        for room in (*ROOMS, "deploy")
        for path in sorted((ROOT / room).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _TAKES_ANY.search(line) and not re.search(r"# Any: .{4,}", line)
    ]
    assert not bare, "\n".join(["these do not say why:", *bare])


_TAKES_ANY = re.compile(r"^from typing import .*\bAny\b|^    Any,|\btyping\.Any\b")


def _checked_files() -> Iterator[Path]:
    for room in (*ROOMS, "deploy", "tests"):
        yield from sorted((ROOT / room).rglob("*.py"))


if __name__ == "__main__":  # python -m tests.unit.test_architecture
    DESIGN.write_text(_design(), encoding="utf-8")
    for importer, targets in sorted(_arrows().items()):
        if targets:
            print(f"{importer:24} -> {', '.join(sorted(targets))}")
