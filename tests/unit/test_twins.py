"""Each test over real data has a twin over data of our own, which runs everywhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]


def twins(tree: ast.AST) -> Iterator[object]:
    """The twin that each `pytest.mark.real_data(...)` of a module names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.real_data":
            (twin,) = [keyword.value for keyword in node.keywords if keyword.arg == "twin"]
            assert isinstance(twin, ast.Constant)
            yield twin.value


def own_tests(tree: ast.AST) -> set[str]:
    """Tests and named parameters of a module that do without the real data."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            names |= {node.name} if "shared_data" not in {each.arg for each in node.args.args} else set()
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.param":
            said = {each.arg: ast.unparse(each.value) for each in node.keywords}
            names |= {said.get("id", "").strip("'")} if "real_data" not in said.get("marks", "") else set()
    return names


MODULES = [path for path in sorted(TESTS.rglob("test_*.py")) if "mark.real_data(" in path.read_text("utf-8")]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_twin_is_a_test_of_the_same_module_over_data_of_our_own(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert set(twins(tree)) <= own_tests(tree)


def test_a_module_that_starts_apache_kafka_by_itself_says_so() -> None:
    """What takes the fixture `apache_kafka` is marked by itself."""
    for path in sorted((TESTS / "integration").glob("test_*.py")):
        text = path.read_text("utf-8")
        if "ApacheKafkaBroker(" in text or "Installation" in text:
            assert "mark.kafka" in text, path.name
