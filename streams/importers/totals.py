"""The sums that show whether a file was understood: what is won, open and lost, and what it is worth."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from schemas.events import OpportunityChanged


@dataclass(slots=True)
class Totals:
    """Sums over deals as they stand."""

    counts: Counter[str] = field(default_factory=Counter)
    revenue: Decimal = Decimal()
    open_value: Decimal = Decimal()
    weighted: Decimal = Decimal()
    """What is open, each by how likely it is won; nothing where that is not stated, as the pages count it."""
    by_year: dict[int, Decimal] = field(default_factory=dict)

    def add(self, deal: OpportunityChanged, sign: int = 1) -> None:
        """Count a deal, or with -1 no longer."""
        self.counts[deal.state] += sign
        if deal.state == "won":
            value = sign * (deal.actual_value or Decimal())
            self.revenue += value
            if deal.closed_on is not None:
                self.by_year[deal.closed_on.year] = self.by_year.get(deal.closed_on.year, Decimal()) + value
        elif deal.state == "open":
            self.open_value += sign * deal.estimated_value
            self.weighted += sign * deal.estimated_value * Decimal(repr(deal.win_probability or 0))

    def as_json(self) -> dict[str, int | float]:
        """The sums as numbers: counts, and amounts to the cent."""
        return {
            "won": self.counts["won"],
            "lost": self.counts["lost"],
            "open": self.counts["open"],
            "removed": self.counts["removed"],
            "revenue": float(round(self.revenue, 2)),
            "open_value": float(round(self.open_value, 2)),
            "weighted": float(round(self.weighted, 2)),
        }


class DealTotals:
    """Sums over changes of deals, of which for each deal the last one counts."""

    def __init__(self) -> None:
        self.totals = Totals()
        self._last: dict[str, OpportunityChanged] = {}

    def add(self, change: OpportunityChanged) -> None:
        """Take one more change."""
        before = self._last.get(change.opportunity_id)
        if before is not None:
            if (change.changed_at, change.revision) < (before.changed_at, before.revision):
                return
            self.totals.add(before, -1)
        self._last[change.opportunity_id] = change
        self.totals.add(change)

    def add_only(self, change: OpportunityChanged) -> None:
        """Take the only change of a deal, of which nothing needs to be remembered."""
        self.totals.add(change)
