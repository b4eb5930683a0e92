"""The program with its analyses compiled, as the image has it: `make build/compiled` puts it there."""

import os

from tests.support.embedded_clickhouse import ROOT

COMPILED = ROOT / "build" / "compiled"


def environment() -> dict[str, str]:
    """What makes Python find the compiled program before the one in the checkout."""
    assert COMPILED.exists(), "nothing is compiled yet: run `make build/compiled`"
    return {"PYTHONPATH": f"{COMPILED}{os.pathsep}{ROOT}", "PYTHONSAFEPATH": "1"}
