"""Fixtures of every test, and which tests this machine can run.

The real data lies beside the checkout; a test that needs it fails without it. Tests that need Apache Kafka, Chromium or
promtool are left out where these are not installed: the last lines say so, and in CI it is an error.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

NEEDS = {
    "kafka": (("java", "mvn"), "Apache Kafka: install Java 17 and Maven"),
    "browser": (("chromium",), "a browser: install Chromium"),
    "promtool": (("promtool",), "promtool: install Prometheus"),
}
"""Marker -> programs, and what to do without them."""

_LEFT_OUT = pytest.StashKey[dict[str, int]]()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real calls, a real CRM year, labelled Danish sentences and names, with known truths."""
    assert SHARED_DATA.is_dir(), f"the tests read real data in {SHARED_DATA}: put it there"
    return SHARED_DATA


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs a broker of its own or a browser, and leave out what cannot run here."""
    missing = {
        marker: advice for marker, (programs, advice) in NEEDS.items() if not all(map(shutil.which, programs))
    }
    if missing and os.environ.get("CI"):
        pytest.exit(f"CI runs every test, and these need {'; '.join(missing.values())}", returncode=1)
    left_out: dict[str, int] = {}
    kept = []
    for item in items:
        _mark(item)
        lacking = next((marker for marker in missing if item.get_closest_marker(marker)), None)
        if lacking is None:
            kept.append(item)
        else:
            left_out[lacking] = left_out.get(lacking, 0) + 1
    config.stash[_LEFT_OUT] = left_out
    items[:] = kept


def _mark(item: pytest.Item) -> None:
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    if "apache_kafka" in getattr(item, "fixturenames", ()) or "apache_kafka" in parameters.values():
        item.add_marker(pytest.mark.kafka)
    if "browser" in item.path.parts:
        item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say loudly what was not run."""
    for marker, count in config.stash.get(_LEFT_OUT, {}).items():
        terminalreporter.write_line(
            f"LEFT OUT: {count} tests that need {NEEDS[marker][1]}", yellow=True, bold=True
        )
