"""What a segment of speech costs a worker, stage by stage, on one core: as Python runs it, and compiled by mypyc."""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from tests.bench.conftest import Costs
from tests.bench.stages import WHOLE
from tests.support.compiled import environment
from tests.support.embedded_clickhouse import ROOT

MOST_MICROSECONDS = 400.0
"""Of everything a segment needs; several times what it takes, for machines that are slow or busy."""


@pytest.mark.parametrize("build", ["interpreted", "compiled"])
def test_what_a_segment_costs(build: str, shared_data: Path, costs: Costs) -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "tests.bench.stages", shared_data],
        cwd=ROOT,
        env=os.environ | (environment() if build == "compiled" else {}),
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    measured = json.loads(printed)
    assert measured["analyses"].endswith(".py") == (build == "interpreted")
    for title, rounds in measured["sections"]:
        costs.add(f"{title}: {build}", rounds)
    assert median(measured["sections"][0][1][WHOLE]) <= MOST_MICROSECONDS
