"""Texts of the wall, in Danish and English."""

from __future__ import annotations

from grafana.i18n import Text

ALERTS = Text("Alerts", "Alarmer")
ALERTS_IS = Text(
    "What the two urgent rules say at this moment: a team's customers speak far more negatively than is usual, or a"
    " customer in a call in progress has become very negative. The views team_negativity and calls_turned_negative.",
    "Hvad de to hurtige regler siger i dette øjeblik: et teams kunder taler langt mere negativt end normalt, eller"
    " en kunde i et igangværende opkald er blevet meget negativ. Visningerne team_negativity og calls_turned_negative.",
)
NO_ALERT = Text("No alert", "Ingen alarmer")
SPIKE = Text(
    "{team}: {share:percent} of what customers say is negative, {usual:percent} is usual",
    "{team}: {share:percent} af det, kunderne siger, er negativt; {usual:percent} er normalt",
)
TURNED = Text("{seller}: the customer is very negative", "{seller}: kunden er meget negativ")
MORE = Text("{said} (and {more} more)", "{said} (og {more} mere)")
CLOCK = Text("Time", "Klokken")
CLOCK_IS = Text("The database's clock, in the sellers' time zone.", "Databasens ur i sælgernes tidszone.")
