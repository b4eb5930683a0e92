"""Whether everything arrives and is understood."""

from __future__ import annotations

from datetime import timedelta

from grafana.alerts.rules.rule import NOW, Limit, Office, PanelLink, Rule
from grafana.i18n import Text


def no_events(office: Office) -> Rule:
    """Nothing arrives any more."""
    return Rule(
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
        over=Text("Events of calls arrive again", "Der kommer igen hændelser fra opkald"),
        who="",
        kind="data",
        severity="critical",
        source=f"SELECT * FROM salgspuls.silence(at = {NOW}, {office.zone_argument}, {office.hours_arguments})",
        labels=(),
        values={"minutes": "if(ifNull(calls_missed, 10) >= 10, silent_seconds, 0) / 60"},
        limit=Limit("above", 5),
        interval=timedelta(minutes=1),
        for_=timedelta(0),
        keep_firing_for=timedelta(0),
        panel=PanelLink("system", "freshness"),
        details=PanelLink("system", "volume"),
    )


def dead_letters(office: Office) -> Rule:
    """More events are rejected than usual."""
    return Rule(
        uid="salgspuls-dead-letters",
        title=Text("Rejected events rise", "Flere hændelser afvises"),
        description=Text(
            "Ten and more events were rejected in 15 minutes for one reason, and more than three"
            " times as many as usual in the last 28 days.",
            "Ti eller flere hændelser blev afvist på 15 minutter af én grund, og mere end tre gange så"
            " mange som normalt i de sidste 28 dage.",
        ),
        summary=Text(
            "{refused} events of {topic} were rejected in 15 minutes: {reason}",
            "{refused} hændelser i {topic} blev afvist på 15 minutter: {reason}",
        ),
        over=Text(
            "{topic}: hardly any event is rejected any more ({reason})",
            "{topic}: næsten ingen hændelser afvises længere ({reason})",
        ),
        who="{topic}",
        kind="data",
        severity="warning",
        source=f"SELECT * FROM salgspuls.refusals(at = {NOW})",
        labels=("topic", "reason"),
        values={"refused": "if(refused > 3 * usual, refused, 0)"},
        limit=Limit("above", 9),
        interval=timedelta(minutes=1),
        for_=timedelta(0),
        keep_firing_for=timedelta(minutes=15),
        panel=PanelLink("system", "reasons"),
        details=PanelLink("system", "latest-rejected"),
    )


def unreadable(office: Office) -> Rule:
    """Nothing can be judged, for the database gives no answer. Its query fails; it has no limit to breach."""
    return Rule(
        uid="salgspuls-unreadable",
        title=Text("The database gives no answer", "Databasen svarer ikke"),
        description=Text(
            "The database has given no answer for a minute. The other alerts stay as they were: nobody can judge them.",
            "Databasen har ikke svaret i et minut. De andre alarmer bliver, som de var: ingen kan vurdere dem.",
        ),
        summary=Text(
            "Salgspuls cannot be read: the database gives no answer, so no page is live and no alert can be judged",
            "Salgspuls kan ikke læses: databasen svarer ikke, så ingen side er live, og ingen alarm kan vurderes",
        ),
        over=Text("Salgspuls can be read again", "Salgspuls kan læses igen"),
        who="",
        kind="data",
        severity="critical",
        source="SELECT 1 AS one FROM salgspuls.freshness LIMIT 1",
        labels=(),
        values={"answers": "one"},
        limit=Limit("below", 1),
        interval=timedelta(seconds=30),
        for_=timedelta(minutes=1),
        keep_firing_for=timedelta(0),
        panel=PanelLink("system", "freshness"),
        details=PanelLink("system", "sources"),
        on_error="alert",
    )
