"""The alert rules, evaluated here as Grafana would, so that a spike is seen where no Grafana runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from grafana.alerts.evaluate import AlertState, Memory, evaluate
from grafana.alerts.rules import Office, PanelLink, filled, rules
from grafana.i18n import Language, uid
from grafana.web.queries import QueryRunner

URGENT = timedelta(seconds=30)
"""Rules that Grafana asks so often are asked at every look here; the others at their own pace."""


@dataclass(frozen=True, slots=True)
class SeenAlerts:
    """Those of the alerts that somebody may see."""

    watch: AlertWatch
    may_see: Callable[[AlertState], bool]

    @property
    def states(self) -> list[AlertState]:
        """Those that there are."""
        return [alert for alert in self.watch.states if self.may_see(alert)]

    @property
    def firing(self) -> list[AlertState]:
        """Those that fire now."""
        return [alert for alert in self.states if alert.state == "firing"]


class AlertWatch:
    """One for all viewers: asks the rules' queries every few seconds and keeps the alerts' states."""

    def __init__(self, office: Office, runner: QueryRunner, every: float) -> None:
        self._rules = [
            replace(rule, interval=timedelta(seconds=every)) if rule.interval <= URGENT else rule
            for rule in rules(office)
            if rule.on_error == "keep"  # that nothing can be read, the page says itself
        ]
        self._runner = runner
        self._every = every
        self._memory = Memory()
        self.states: list[AlertState] = []

    def seen_by(self, may_see: Callable[[AlertState], bool]) -> SeenAlerts:
        """The alerts as somebody sees them."""
        return SeenAlerts(self, may_see)

    async def run(self) -> None:
        """Looks again and again, until it is cancelled."""
        while True:
            self.states = await self._runner.in_thread(self._look)
            await asyncio.sleep(self._every)

    def _look(self) -> list[AlertState]:
        return evaluate(self._rules, self._runner.rows, datetime.now(UTC), self._memory)


def address(link: PanelLink, labels: Mapping[str, str], language: Language) -> str:
    """Where a click on an alert leads."""
    parameters = {name: filled(value, labels, {}) for name, value in link.parameters.items()}
    return f"/d/{uid(link.page, language)}?{urlencode(parameters)}#panel-{link.panel}"
