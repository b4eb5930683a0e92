"""Texts about the system."""

from __future__ import annotations

from grafana.i18n import Text

PAGE = Text("System", "Systemtilstand")
PAGE_IS = Text("Whether everything arrives and is understood.", "Om alt når frem og bliver forstået.")
IN_PROGRESS = Text("Calls in progress", "Igangværende opkald")
IN_PROGRESS_IS = Text(
    "Calls that have not ended and had an event within ten minutes. Not governed by the time filter.",
    "Opkald, der ikke er sluttet og har haft en hændelse inden for ti minutter. Tidsfilteret gælder ikke"
    " her.",
)
IN_PROGRESS_NOTE = Text("of {all_calls:whole} stored calls", "af {all_calls:whole} gemte opkald")
REJECTED = Text("Rejected events", "Afviste hændelser")
REJECTED_IS = Text(
    "Messages that were rejected in the time range and wait in the dead-letter topic; beside it the last"
    " hour.",
    "Beskeder, der er afvist i tidsrummet og venter i dead-letter-emnet; ved siden af den sidste time.",
)
REJECTED_NOTE = Text("{last_hour:whole} in the last hour", "{last_hour:whole} i den sidste time")
UNKNOWN_LANGUAGE = Text("Segments in an unknown language", "Udsagn på ukendt sprog")
UNKNOWN_LANGUAGE_IS = Text(
    "Segments of the calls in the time range whose language is not analysed: they count with their times"
    " only.",
    "Udsagn i tidsrummets opkald, hvis sprog ikke analyseres: de tæller kun med deres tider.",
)
UNKNOWN_LANGUAGE_NOTE = Text(
    "in {unknown_calls:whole} {unknown_calls?call:calls}", "i {unknown_calls:whole} opkald"
)
WITHOUT_CONSENT = Text("Calls without consent", "Opkald uden samtykke")
WITHOUT_CONSENT_IS = Text(
    "Calls in the time range of which no text is kept; only their times count.",
    "Opkald i tidsrummet, hvis tekst ikke gemmes; kun deres tider tæller.",
)
WITHOUT_CONSENT_NOTE = Text("of {calls:whole} {calls?call:calls}", "af {calls:whole} opkald")
REASONS = Text("Rejected by reason", "Afvist efter grund")
REASONS_IS = Text(
    "Count of rejected messages in the time range by reason.",
    "Antal afviste beskeder i tidsrummet efter grund.",
)
NONE_REJECTED = Text("No event was rejected in this range", "Ingen hændelse er afvist i tidsrummet")
REASON = Text("Reason", "Grund")
COUNT = Text("Count", "Antal")
LATEST = Text("Latest rejected events", "Seneste afviste hændelser")
LATEST_IS = Text(
    "The latest 100 rejected messages in the time range: where each lies in Kafka and why it was rejected. The"
    " message itself is"
    " in the dead-letter topic.",
    "De seneste 100 afviste beskeder i tidsrummet: hvor de ligger i Kafka, og hvorfor de blev afvist. Selve"
    " beskeden er i"
    " dead-letter-emnet.",
)
WHEN = Text("When", "Hvornår")
TOPIC = Text("Topic", "Emne")
PARTITION = Text("Partition", "Partition")
OFFSET = Text("Offset", "Offset")
DETAIL = Text("Detail", "Detalje")
VOLUME = Text("Calls over time", "Opkald over tid")
VOLUME_IS = Text(
    "Calls by the hour, day, week or month in which they began, as the range is long.",
    "Opkald efter time, dag, uge eller måned for deres start, alt efter tidsrummets længde.",
)
NO_CALLS = Text("Waiting for the first call", "Venter på det første opkald")
CALLS = Text("calls", "opkald")
ALERTS = Text("Alerts", "Alarmer")
ALERTS_IS = Text(
    "The alerts that fire or are about to, by the rules under alerting; the built-in page evaluates the same"
    " rules.",
    "De alarmer, der er udløst eller er på vej, efter reglerne for alarmer; den indbyggede side følger de"
    " samme regler.",
)
SOURCES = Text("What arrived last", "Hvad der ankom sidst")
SOURCES_IS = Text(
    "For each kind of fact: how many are stored, and when the newest of them arrived.",
    "For hver slags fakta: hvor mange der er gemt, og hvornår den nyeste ankom.",
)
SOURCE = Text("Kind", "Slags")
NEWEST = Text("Newest", "Nyeste")
SOURCE_CALLS = Text("calls", "opkald")
SOURCE_DEALS = Text("opportunity changes", "ændringer af salgsmuligheder")
SOURCE_ACTIVITIES = Text("activities", "aktiviteter")
NOTHING = Text("Nothing is stored yet", "Intet er gemt endnu")
OPEN_LIVE = Text("Show the calls in progress", "Vis igangværende opkald")
OPEN_REJECTED = Text("Show the rejected", "Vis de afviste")
