"""Texts about one seller."""

from __future__ import annotations

from grafana.i18n import Text

PAGE = Text("Seller details", "Sælgerdetaljer")
PAGE_IS = Text(
    "One seller against the team: choose the seller above.", "En sælger mod teamet: vælg sælgeren ovenfor."
)
EVERYBODY = Text("All sellers: choose one above", "Alle sælgere: vælg en ovenfor")
AGAINST_TEAM = Text("team {team_value}", "team {team_value}")
CALLS_IS = Text(
    "Calls that the chosen sellers began in the range; beside it the mean per seller of the team.",
    "Opkald, som de valgte sælgere begyndte i tidsrummet; ved siden af gennemsnittet pr. sælger i teamet.",
)
REVENUE_IS = Text(
    "Actual revenue of the deals that the chosen sellers won in the range; beside it the mean per seller of"
    " the team.",
    "Faktisk omsætning af de handler, de valgte sælgere vandt i tidsrummet; ved siden af gennemsnittet pr."
    " sælger i teamet.",
)
STYLE_AGAINST_TEAM = Text(
    " Mean over the chosen sellers; beside it the mean of the team's sellers.",
    " Gennemsnit af de valgte sælgere; ved siden af gennemsnittet af teamets sælgere.",
)
POSITIVE_SHARE = Text("Positive customers", "Positive kunder")
POSITIVE_SHARE_IS = Text(
    "Positive share of the customers' speaking time, in percent.",
    "Positiv andel af kundernes taletid i procent.",
)
SELLER_INSIGHTS = Text("Insights", "Indsigter")
PER_CALL = Text("Sentiment per call", "Synspunkt pr. opkald")
PER_CALL_IS = Text(
    "Mean compound of the customer in each of the latest 100 calls, from -1 to 1; from 0.05 on positive,"
    " from -0.05 down"
    " negative.",
    "Kundens gennemsnitlige værdi i hvert af de seneste 100 opkald, fra -1 til 1; fra 0,05 positiv, fra"
    " -0,05 og ned negativ.",
)
COMPOUND = Text("compound", "værdi")

PAUSE_IS = Text(
    "Seconds between the customer's last word and the seller's first, mean over the calls.",
    "Sekunder mellem kundens sidste ord og sælgerens første, gennemsnit af opkaldene.",
)
MONOLOGUE_IS = Text(
    "Seconds of the customer's longest run without a switch, pauses up to 2 s included, mean over the calls.",
    "Sekunder i kundens længste sammenhængende tale, pauser op til 2 s medregnet, gennemsnit af opkaldene.",
)
