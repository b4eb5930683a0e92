"""The lock files: what they hold, and what is kept out of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import deploy.sbom

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-compile.lock")


def locked(name: str) -> dict[str, str]:
    """Package -> version of a lock file."""
    return deploy.sbom.locked(ROOT / name)


def excluded() -> list[str]:
    """What dependencies declare and the locks leave out."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["uv"]
    return [override.split(";")[0].strip() for override in settings["override-dependencies"]]
