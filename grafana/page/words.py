"""What the page itself says, outside the dashboards."""

from __future__ import annotations

from grafana.dashboards.language import Text

LOADING = Text("loading …", "henter …")
NO_DATA = Text("No data", "Ingen data")
BROKEN = Text("This panel cannot be shown: {reason}", "Dette panel kan ikke vises: {reason}")
UNKNOWN_PANEL = Text(
    "The built-in page does not know panels of type {kind}; Grafana shows it.",
    "Den indbyggede side kender ikke paneler af typen {kind}; Grafana viser det.",
)
NO_DASHBOARD = Text("There is no dashboard {uid}.", "Der findes intet dashboard {uid}.")
BAD_RANGE = Text(
    "The time range in the address cannot be read: {reason}", "Tidsrummet i adressen kan ikke læses: {reason}"
)
STALE = Text(
    "No new data for {age}. What you see is not live.",
    "Ingen nye data i {age}. Det, du ser, er ikke live.",
)
NO_EVENTS = Text(
    "Nothing has arrived yet. Waiting for the first event.",
    "Intet er ankommet endnu. Venter på første hændelse.",
)
NO_ANSWER = Text(
    "The database does not answer. What you see may be old.",
    "Databasen svarer ikke. Det, du ser, kan være gammelt.",
)
FRESH = Text("live, {count} s old", "live, {count} s gammel")
RANGE = Text("Time range", "Tidsrum")
CUSTOM = Text("Custom", "Brugerdefineret")
FROM = Text("From", "Fra")
TO = Text("To", "Til")
APPLY = Text("Apply", "Anvend")
OTHER_LANGUAGE = Text("Dansk", "English")
WALL = Text("Wall", "Væg")
PAGES = Text("Pages", "Sider")
BACK_HOME = Text("Home", "Startside")
ABOUT = Text("About this number", "Om dette tal")
SECONDS = Text("{count} seconds", "{count} sekunder")
MINUTES = Text("{count} minutes", "{count} minutter")
HOURS = Text("{count} hours", "{count} timer")
DAYS = Text("{count} days", "{count} dage")
