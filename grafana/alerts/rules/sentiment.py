"""What customers say, and how."""

from __future__ import annotations

from datetime import timedelta

from grafana.alerts.rules.rule import NOW, Limit, Office, PanelLink, Rule
from grafana.config import SPIKE_SCORE, TURNED_COMPOUND
from grafana.i18n import Text

LAST_HOUR = {"from": "now-1h", "to": "now"}


def negative_spike(office: Office) -> Rule:
    """Customers of a team suddenly speak more negatively."""
    return Rule(
        uid="salgspuls-negative-spike",
        title=Text("Negative sentiment in a team", "Negativt synspunkt i et team"),
        description=Text(
            "Customers of the team speak more negatively in the last 90 seconds, or in the last 15 minutes,"
            " than is to be expected from the team's own last 28 days at this time of day, in at least three calls."
            " The view team_negativity has the definition.",
            "Teamets kunder taler mere negativt i de sidste 90 sekunder eller i de sidste 15 minutter, end"
            " man kan forvente ud fra teamets egne sidste 28 dage på denne tid af dagen, i mindst tre opkald."
            " Visningen team_negativity har definitionen.",
        ),
        summary=Text(
            "{team}: {share} % of what customers said in the last minutes is negative, {usual} % is usual now",
            "{team}: {share} % af det, kunderne sagde i de sidste minutter, er negativt; {usual} % er normalt nu",
        ),
        over=Text(
            "{team}: what customers say is no more negative than usual",
            "{team}: det, kunderne siger, er ikke mere negativt end normalt",
        ),
        who="{team}",
        kind="sentiment",
        severity="critical",
        source=f"SELECT * FROM salgspuls.team_negativity(at = {NOW}, {office.zone_argument})",
        labels=("team",),
        values={"score": "score", "share": "100 * negative_share", "usual": "100 * usual_share"},
        limit=Limit("above", SPIKE_SCORE),
        interval=timedelta(seconds=10),
        for_=timedelta(0),
        keep_firing_for=timedelta(minutes=10),
        panel=PanelLink("sentiment", "sentiment-trend", {"var-team": "{team}", **LAST_HOUR}),
        details=PanelLink("sentiment", "flagged-calls", {"var-team": "{team}", **LAST_HOUR}),
    )


def call_turns_negative(office: Office) -> Rule:
    """A call in progress goes wrong."""
    return Rule(
        uid="salgspuls-call-turns-negative",
        title=Text("A call turns very negative", "Et opkald bliver meget negativt"),
        description=Text(
            "In a call in progress the customer's mean sentiment of the last three minutes (of a call shorter"
            " than six minutes: of its second half) is below -0.35, and at least 0.3 below what it was before."
            " The customer has spoken for at least 20 seconds in each. A call that was negative from the start"
            " has not turned.",
            "I et igangværende opkald er kundens gennemsnitlige synspunkt i de sidste tre minutter (i et opkald"
            " på under seks minutter: i den sidste halvdel) under -0,35 og mindst 0,3 under det, det var før."
            " Kunden har talt i mindst 20 sekunder i begge. Et opkald, der var negativt fra begyndelsen,"
            " er ikke blevet det.",
        ),
        summary=Text(
            "{seller} ({team}): the customer {customer} is very negative in a call that is going on",
            "{seller} ({team}): kunden {customer} er meget negativ i et igangværende opkald",
        ),
        over=Text(
            "{seller} ({team}): the call with {customer} has ended or is no longer very negative",
            "{seller} ({team}): opkaldet med {customer} er slut eller ikke længere meget negativt",
        ),
        who="{seller}",
        kind="sentiment",
        severity="warning",
        source=f"SELECT * FROM salgspuls.calls_turned_negative(at = {NOW})",
        labels=("call_id", "seller", "team", "customer"),
        values={"compound": "compound"},
        limit=Limit("below", TURNED_COMPOUND),
        interval=timedelta(seconds=30),
        for_=timedelta(0),
        keep_firing_for=timedelta(minutes=5),
        panel=PanelLink("home", "live-calls"),
        details=PanelLink("call", "transcript", {"var-call_id": "{call_id}"}),
    )


def competitor(office: Office) -> Rule:
    """Customers mention a competitor in more calls than usual."""
    return Rule(
        uid="salgspuls-competitor",
        title=Text("A competitor is mentioned more than usual", "En konkurrent nævnes mere end normalt"),
        description=Text(
            "In the last 24 hours customers mention a tracked competitor in more calls than its share"
            " of the calls of the 28 days before makes to be expected, by four standard deviations.",
            "I de sidste 24 timer nævner kunder en sporet konkurrent i flere opkald, end man kan forvente ud fra"
            " dens andel af opkaldene i de 28 dage før, med fire standardafvigelser.",
        ),
        summary=Text(
            "{competitor}: mentioned in {calls} calls in 24 hours, {usual} are usual",
            "{competitor}: nævnt i {calls} opkald på 24 timer, {usual} er normalt",
        ),
        over=Text(
            "{competitor}: mentioned as often as usual", "{competitor}: nævnes lige så ofte som normalt"
        ),
        who="{competitor}",
        kind="sentiment",
        severity="info",
        source=f"SELECT * FROM salgspuls.competitor_calls(at = {NOW})",
        labels=("competitor",),
        values={"score": "score", "calls": "mentioning", "usual": "usual"},
        limit=Limit("above", 4),
        interval=timedelta(minutes=5),
        for_=timedelta(0),
        keep_firing_for=timedelta(hours=2),
        panel=PanelLink("competitors", "competitors-mentions-trend", {"from": "now-30d", "to": "now"}),
        details=PanelLink("competitors", "competitors-calls", {"from": "now-24h", "to": "now"}),
    )
