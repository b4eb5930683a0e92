"""The table that a run of benchmarks ends with: what each stage costs, and rates beside them."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Final

import pytest
from rich.console import Console
from rich.table import Table

_TABLE: Final = pytest.StashKey[Table]()


class Costs:
    """Takes what was measured, in rounds; the table shows the median, the lowest and the highest round."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, title: str, rounds: Mapping[str, Sequence[float]], unit: str = "us a segment") -> None:
        """Rows of the table under a title, a name to its value in each round."""
        self._table.add_section()
        self._table.add_row(f"[bold]{title}[/]", style="bold")
        for name, values in rounds.items():
            digits = 1 if max(values) < 1000 else 0
            shown = (f"{value:,.{digits}f}" for value in (median(values), min(values), max(values)))
            self._table.add_row(f"  {name}", *shown, unit)


def pytest_configure(config: pytest.Config) -> None:
    table = Table(title="What was measured", box=None, pad_edge=False)
    table.add_column()
    for heading in ("median", "lowest", "highest"):
        table.add_column(heading, justify="right")
    table.add_column()
    config.stash[_TABLE] = table


@pytest.fixture
def costs(pytestconfig: pytest.Config) -> Costs:
    return Costs(pytestconfig.stash[_TABLE])


def pytest_terminal_summary(config: pytest.Config) -> None:
    if config.stash[_TABLE].row_count:
        Console(width=100).print(config.stash[_TABLE])
