"""Texts that several pages share."""

from __future__ import annotations

from grafana.i18n import Text

PAGES = Text("Pages", "Sider")
HOME = Text("Home", "Startside")
DATA_SOURCE = Text("Data source", "Datakilde")
TEAM = Text("Team", "Team")
SELLER = Text("Seller", "Sælger")
ALL = Text("All", "Alle")
LAST_24_HOURS = Text("Last 24 hours", "De sidste 24 timer")
LAST_7_DAYS = Text("Last 7 days", "De sidste syv dage")
THIS_MONTH = Text("This month", "Denne måned")
ALL_TIME = Text("All time", "Altid")
SHOW_DETAILS = Text("Show details", "Vis detaljer")
POSITIVE = Text("positive", "positiv")
NEUTRAL = Text("neutral", "neutral")
NEGATIVE = Text("negative", "negativ")
NOT_YET = Text("not known yet", "endnu ukendt")
TRACKERS_CHANGED = Text("Trackers changed", "Sporing ændret")
REBUILT = Text("Past calls reprocessed", "Tidligere opkald genberegnet")
NO_DATA_CAME = Text("No data came", "Ingen data kom")
UNREADABLE = Text(
    "No answer from the database: not known now",
    "Intet svar fra databasen: ukendt lige nu",
)
UNREADABLE_NUMBER = Text("Cannot be read", "Kan ikke læses")
"""The same in the room of a number ..."""
UNREADABLE_TIME = Text("Unknown", "Ukendt")
"""... and of a time of day."""
OR_UNREADABLE = Text(
    " – or the database gives no answer: see the mark in the corner",
    " – eller databasen svarer ikke: se mærket i hjørnet",
)

NEW = Text("new", "ny")
KIND = Text("Kind of call", "Opkaldstype")
DIRECTION = Text("Direction", "Retning")
LANGUAGE = Text("Language", "Sprog")
INBOUND = Text("inbound", "indgående")
OUTBOUND = Text("outbound", "udgående")
KINDS = {
    "cold": Text("first contact", "første kontakt"),
    "discovery": Text("discovery", "behovsafdækning"),
    "demo": Text("demo", "demo"),
    "offer": Text("offer", "tilbud"),
    "negotiation": Text("negotiation", "forhandling"),
    "decision": Text("decision", "beslutning"),
    "followup": Text("follow-up", "opfølgning"),
    "renewal": Text("renewal", "fornyelse"),
    "service": Text("service", "service"),
    "complaint": Text("complaint", "klage"),
    "voicemail": Text("voicemail", "telefonsvarer"),
    "internal": Text("internal", "internt"),
}
"""Kinds of calls that the contract names; what else a sender says is shown as it is."""
LANGUAGES = {"da": Text("Danish", "dansk"), "en": Text("English", "engelsk")}
OPEN_CALLS = Text("Show the calls", "Vis opkaldene")
OPEN_DEALS = Text("Show the deals", "Vis handlerne")
OPEN_SELLER = Text("Open the seller", "Åbn sælgeren")

NO_ANALYSED_CALL = Text("No analysed call in this range", "Intet analyseret opkald i tidsrummet")
LABEL = Text("Sentiment", "Synspunkt")
TITLE = Text("Title", "Titel")
WHEN = Text("When", "Hvornår")
DEAL = Text("Related opportunity", "Relateret salgsmulighed")
CUSTOMER = Text("Customer", "Kunde")
OPEN_DEAL = Text("Open the deal", "Åbn handlen")
OPEN_CALL = Text("Open the call", "Åbn opkaldet")

NO_CALLS = Text("No call in this range", "Intet opkald i tidsrummet")
