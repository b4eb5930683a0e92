"""What chDB declares and the locks leave out is not needed: engine, client and schema do without it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.embedded_clickhouse import ROOT, running_clickhouse, without
from tests.support.locks import excluded


def test_the_engine_answers_and_is_migrated_without_what_the_locks_leave_out(tmp_path: Path) -> None:
    absent = excluded()
    assert {"numpy", "pandas", "pyarrow"} <= set(absent)
    with running_clickhouse(tmp_path / "data", absent=absent) as server:
        for command in ("migrate", "migrate"):
            done = subprocess.run(
                [sys.executable, "-c", without(absent, "streams.cli"), command],
                cwd=ROOT,
                env={
                    **os.environ,
                    "SALGSPULS_CLICKHOUSE_PORT": str(server.writer.port),
                    "SALGSPULS_CLICKHOUSE_WRITER_USER": server.writer.username,
                    "SALGSPULS_CLICKHOUSE_WRITER_PASSWORD": server.writer.password,
                },
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stdout + done.stderr
