"""Compiles the analyses by mypyc where SALGSPULS_COMPILE=1 asks for it: the same code, at about twice the speed.

Everything else about the package stands in pyproject.toml.
"""

import os
from pathlib import Path

from setuptools import Extension, setup


def compiled() -> list[Extension]:
    """All modules of the analyses but the lists of words, which are data."""
    from mypyc.build import mypycify

    modules = [path for path in Path("processors").rglob("*.py") if "lang" not in path.parts]
    extensions: list[Extension] = mypycify(sorted(map(str, modules)), opt_level="3", group_name="salgspuls")
    return extensions


setup(ext_modules=compiled() if os.environ.get("SALGSPULS_COMPILE") == "1" else [])
