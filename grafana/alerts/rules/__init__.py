"""The alert rules, a module a subject."""

from __future__ import annotations

from grafana.alerts.rules import data, deals, sentiment
from grafana.alerts.rules.rule import NOW, Limit, Office, PanelLink, Rule, filled, placeholders

__all__ = ["NOW", "Limit", "Office", "PanelLink", "Rule", "filled", "placeholders", "rules"]

_RULES = (
    sentiment.negative_spike,
    sentiment.call_turns_negative,
    data.no_events,
    data.dead_letters,
    data.unreadable,
    sentiment.competitor,
    deals.deal_at_risk,
)


def rules(office: Office) -> tuple[Rule, ...]:
    """All rules, for a team that works in these hours."""
    return tuple(rule(office) for rule in _RULES)
