"""Fixtures of every test. The real data lies beside the checkout; a test that needs it fails without it."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real calls, a real CRM year, labelled Danish sentences and names, with known truths."""
    assert SHARED_DATA.is_dir(), f"the tests read real data in {SHARED_DATA}: put it there"
    return SHARED_DATA
