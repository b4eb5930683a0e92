"""The alert rules: what is looked at (a view of the database), from which value on it counts, and what is said then."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Literal

from grafana.i18n import Text

Kind = Literal["sentiment", "data", "deals"]
Severity = Literal["critical", "warning", "info"]

NOW = "now64(3)"
"""How a rule's SQL names the moment that it judges."""

HEALTHY_FROM = 65
"""Below this health a deal is at risk."""


@dataclass(frozen=True, slots=True)
class Office:
    """When calls are expected, Monday to Friday, in a time zone of the IANA database."""

    timezone: str = "Europe/Copenhagen"
    opens: time = time(8)
    closes: time = time(17)


@dataclass(frozen=True, slots=True)
class Limit:
    """From where on a value counts; the limit itself does not."""

    side: Literal["above", "below"]
    value: float

    def passed(self, value: float) -> bool:
        return value > self.value if self.side == "above" else value < self.value


@dataclass(frozen=True, slots=True)
class Place:
    """A panel of a page, and what its address is given besides; `{label}` stands for a label of the alert."""

    page: str
    panel: int
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Each row of `source` is an alert of its own, known by its `labels`.

    `values` are SQL expressions by name; the first one is what `limit` is for, the others are only told. An alert fires
    when the limit has been passed for `holds` without a break, and goes on for `keeps` after that has ended. In
    `summary` `{label}` is a label, `{value}` a number without decimals.
    """

    uid: str
    title: Text
    description: Text
    summary: Text
    kind: Kind
    severity: Severity
    source: str
    labels: tuple[str, ...]
    values: Mapping[str, str]
    limit: Limit
    every: timedelta
    holds: timedelta
    keeps: timedelta
    panel: Place
    worst: Place

    @property
    def decisive(self) -> str:
        """The name of the value that the limit is for."""
        return next(iter(self.values))

    @property
    def sql(self) -> str:
        """All alerts with their labels and all values."""
        return self._select(tuple(self.values))

    def sql_of(self, value: str) -> str:
        """All alerts with their labels and one value: the form that Grafana takes."""
        return self._select((value,))

    def sql_at(self, moment: datetime) -> str:
        """The same as `sql`, of another moment."""
        return self.sql.replace(NOW, f"toDateTime64('{moment.astimezone(UTC):%F %T}', 3, 'UTC')")

    def _select(self, values: tuple[str, ...]) -> str:
        columns = [f"toString({label}) AS {label}" for label in self.labels]
        columns += [f"toFloat64({self.values[name]}) AS {name}" for name in values]
        # a value that is not known (NULL) would fire in Grafana
        known = f"isNotNull({self.values[self.decisive]})"
        return f"SELECT {', '.join(columns)}\nFROM ({self.source})\nWHERE {known}"


_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def placeholders(text: str) -> list[str]:
    """The names in braces."""
    return _PLACEHOLDER.findall(text)


def filled(text: str, labels: Mapping[str, str], values: Mapping[str, float]) -> str:
    """The text with labels and rounded values in place of their names."""
    known = {**{name: f"{value:.0f}" for name, value in values.items()}, **labels}
    return _PLACEHOLDER.sub(lambda match: known[match[1]], text)


def rules(office: Office) -> tuple[Rule, ...]:
    """All rules, for a team that works in these hours."""
    zone = f"tz = '{office.timezone}'"
    hours = f"opens = {_minutes(office.opens)}, closes = {_minutes(office.closes)}"
    last_hour = {"from": "now-1h", "to": "now"}
    return (
        Rule(
            uid="salgspuls-negative-spike",
            title=Text("Negative sentiment in a team", "Negativt synspunkt i et team"),
            description=Text(
                "Customers of the team speak more negatively in the last 15 minutes, or in the last 90 seconds,"
                " than the team's own last 28 days at this time of day let expect, in at least three calls."
                " The view team_negativity has the definition.",
                "Teamets kunder taler mere negativt i de sidste 15 minutter eller i de sidste 90 sekunder, end"
                " teamets egne sidste 28 dage på denne tid af dagen lader vente, i mindst tre opkald."
                " Visningen team_negativity har definitionen.",
            ),
            summary=Text(
                "{team}: {share} % of what customers said in the last minutes is negative, {usual} % is usual now",
                "{team}: {share} % af det, kunderne sagde i de sidste minutter, er negativt; {usual} % er normalt nu",
            ),
            kind="sentiment",
            severity="critical",
            source=f"SELECT * FROM salgspuls.team_negativity(at = {NOW}, {zone})",
            labels=("team",),
            values={"score": "score", "share": "100 * negative_share", "usual": "100 * usual_share"},
            limit=Limit("above", 1),
            every=timedelta(seconds=10),
            holds=timedelta(0),
            keeps=timedelta(minutes=10),
            panel=Place("sentiment", 22, {"var-team": "{team}", **last_hour}),
            worst=Place("sentiment", 30, {"var-team": "{team}", **last_hour}),
        ),
        Rule(
            uid="salgspuls-call-turns-negative",
            title=Text("A call turns very negative", "Et opkald bliver meget negativt"),
            description=Text(
                "In a call in progress the customer's mean sentiment of the last three minutes is below"
                " -0.35, after at least 20 seconds of his speech, and at least 0.3 below what he said before.",
                "I et igangværende opkald er kundens gennemsnitlige synspunkt i de sidste tre minutter"
                " under -0,35, efter mindst 20 sekunders tale, og mindst 0,3 under det, kunden sagde før.",
            ),
            summary=Text(
                "{seller} ({team}): the call with {customer} has turned very negative and is still going on",
                "{seller} ({team}): opkaldet med {customer} er blevet meget negativt og er stadig i gang",
            ),
            kind="sentiment",
            severity="warning",
            source=f"SELECT * FROM salgspuls.calls_turned_negative(at = {NOW})",
            labels=("call_id", "seller", "team", "customer"),
            values={"compound": "compound"},
            limit=Limit("below", -0.35),
            every=timedelta(seconds=30),
            holds=timedelta(0),
            keeps=timedelta(minutes=5),
            panel=Place("home", 500),
            worst=Place("call", 30, {"var-call_id": "{call_id}"}),
        ),
        Rule(
            uid="salgspuls-no-events",
            title=Text("No events arrive", "Der kommer ingen hændelser"),
            description=Text(
                "Nothing of a live call has been stored for five minutes in office hours, in a time in"
                " which usually ten calls begin and more; where nothing is usual yet, after five minutes.",
                "Intet fra et igangværende opkald er gemt i fem minutter i kontortiden, i et tidsrum, hvor der"
                " normalt begynder ti opkald eller flere; hvor intet er kendt endnu, efter fem minutter.",
            ),
            summary=Text(
                "No event of a call has come for {minutes} minutes: telephony, speech-to-text or the worker may"
                " have stopped",
                "Der er ikke kommet en hændelse fra et opkald i {minutes} minutter: telefoni, talegenkendelse"
                " eller behandling kan være stoppet",
            ),
            kind="data",
            severity="critical",
            source=f"SELECT * FROM salgspuls.silence(at = {NOW}, {zone}, {hours})",
            labels=(),
            values={"minutes": "if(ifNull(calls_missed, 10) >= 10, silent_seconds, 0) / 60"},
            limit=Limit("above", 5),
            every=timedelta(minutes=1),
            holds=timedelta(0),
            keeps=timedelta(0),
            panel=Place("system", 1),
            worst=Place("system", 10),
        ),
        Rule(
            uid="salgspuls-dead-letters",
            title=Text("Rejected events rise", "Flere hændelser afvises"),
            description=Text(
                "Ten and more events were rejected in 15 minutes for one reason, and more than three"
                " times as many as usual in the last 28 days.",
                "Ti eller flere hændelser blev afvist i 15 minutter af én grund, og mere end tre gange så"
                " mange som normalt i de sidste 28 dage.",
            ),
            summary=Text(
                "{refused} events of {topic} were rejected in 15 minutes: {reason}",
                "{refused} hændelser i {topic} blev afvist i 15 minutter: {reason}",
            ),
            kind="data",
            severity="warning",
            source=f"SELECT * FROM salgspuls.refusals(at = {NOW})",
            labels=("topic", "reason"),
            values={"refused": "if(refused > 3 * usual, refused, 0)"},
            limit=Limit("above", 9),
            every=timedelta(minutes=1),
            holds=timedelta(0),
            keeps=timedelta(minutes=15),
            panel=Place("system", 12),
            worst=Place("system", 13),
        ),
        Rule(
            uid="salgspuls-competitor",
            title=Text("A competitor is mentioned more than usual", "En konkurrent nævnes mere end normalt"),
            description=Text(
                "In the last 24 hours customers mention a tracked competitor in more calls than its share"
                " of the calls of the 28 days before lets expect, by four standard deviations.",
                "I de sidste 24 timer nævner kunder en sporet konkurrent i flere opkald, end dens andel"
                " af opkaldene i de 28 dage før lader vente, med fire standardafvigelser.",
            ),
            summary=Text(
                "{competitor}: mentioned in {calls} calls in 24 hours, {usual} are usual",
                "{competitor}: nævnt i {calls} opkald på 24 timer, {usual} er normalt",
            ),
            kind="sentiment",
            severity="info",
            source=f"SELECT * FROM salgspuls.competitor_calls(at = {NOW})",
            labels=("competitor",),
            values={"score": "score", "calls": "mentioning", "usual": "usual"},
            limit=Limit("above", 4),
            every=timedelta(minutes=5),
            holds=timedelta(0),
            keeps=timedelta(hours=2),
            panel=Place("competitors", 30, {"from": "now-30d", "to": "now"}),
            worst=Place("competitors", 40, {"from": "now-24h", "to": "now"}),
        ),
        Rule(
            uid="salgspuls-deal-at-risk",
            title=Text("A deal at risk closes within a week", "En udsat handel lukker inden for en uge"),
            description=Text(
                "An open deal with a health below 65 whose estimated close is within seven days.",
                "En åben handel med en sundhed under 65, hvis forventede lukning er inden for syv dage.",
            ),
            summary=Text(
                "{deal} ({seller}) closes within a week and has a health of {health}",
                "{deal} ({seller}) lukker inden for en uge og har en sundhed på {health}",
            ),
            kind="deals",
            severity="info",
            source=(
                "SELECT deals.opportunity_id AS opportunity_id, deals.name AS deal,"
                " if(sellers.name = '', deals.seller_id, sellers.name) AS seller, sellers.team AS team,"
                " deals.health AS health"
                f" FROM salgspuls.deal_health(at = {NOW}, {zone}, teams = [''], sellers = ['']) AS deals"
                " LEFT JOIN salgspuls.sellers AS sellers ON sellers.seller_id = deals.seller_id"
                " WHERE days_to_close BETWEEN 0 AND 7"
            ),
            labels=("opportunity_id", "deal", "seller", "team"),
            values={"health": "health"},
            limit=Limit("below", HEALTHY_FROM),
            every=timedelta(minutes=10),
            holds=timedelta(0),
            keeps=timedelta(0),
            panel=Place("deals", 2),
            worst=Place("deals", 20, {"var-team": "{team}"}),
        ),
    )


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
