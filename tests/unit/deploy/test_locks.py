"""The lock files agree with each other and with pyproject.toml, and say nothing about where they were made."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.locks import LOCKS, ROOT, excluded, locked

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert text.count("==") <= text.count("--hash=sha256:")
    assert not re.search(r"https?://|--(extra-)?index|--find-links|^-", text, re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_leaves_out_what_nothing_of_ours_reaches(name: str) -> None:
    assert not set(excluded()) & locked(name).keys()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("requirements.lock", PROJECT["dependencies"]),
        ("requirements-dev.lock", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]),
    ],
)
def test_a_lock_holds_what_the_project_asks_for(name: str, wanted: list[str]) -> None:
    """`make lock` was run after pyproject.toml was changed."""
    versions = {canonicalize_name(package): version for package, version in locked(name).items()}
    for each in map(Requirement, wanted):
        assert each.specifier.contains(versions[canonicalize_name(each.name)], prereleases=True), each


def test_the_locks_agree() -> None:
    runtime, dev, compiler = map(locked, LOCKS)
    assert runtime.items() <= dev.items()
    assert compiler.items() <= dev.items()
