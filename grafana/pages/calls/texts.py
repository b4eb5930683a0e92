"""Texts of the list of calls."""

from __future__ import annotations

from grafana.i18n import Text

PAGE = Text("Calls", "Opkald")
PAGE_IS = Text(
    "Every call of the time range, to be narrowed down by its sentiment, what is mentioned in it, its kind, its"
    " direction and its language. A row opens the call.",
    "Alle opkald i tidsrummet, som kan indsnævres efter synspunkt, hvad der nævnes, art, retning og sprog. En række"
    " åbner opkaldet.",
)
HEADLINE = Text(
    "{count:whole} {count?call:calls}, {hours:decimal} hours", "{count:whole} opkald, {hours:decimal} timer"
)
HEADLINE_MANY = Text(
    "{count:whole} calls, {hours:decimal} hours; the newest {most} are listed",
    "{count:whole} opkald, {hours:decimal} timer; de nyeste {most} er vist",
)
HEADLINE_IS = Text(
    "Count of the calls that fit the choices above, and the sum of their durations.",
    "Antallet af opkald, der passer til valgene ovenfor, og summen af deres varighed.",
)
TABLE = Text("The calls", "Opkaldene")
TABLE_IS = Text(
    "The newest calls that fit the choices, with their length, the seller's share of the talk time and the customer's"
    " sentiment.",
    "De nyeste opkald, der passer til valgene, med længde, sælgerens andel af taletiden og kundens synspunkt.",
)
NONE = Text("No call fits these choices", "Intet opkald passer til disse valg")
MINUTES = Text("Minutes", "Minutter")
TALK_RATIO = Text("Talk ratio", "Taleandel")
MENTIONS = Text("Mentions", "Nævner")
ANY_KEYWORD = Text("a tracked keyword", "et sporet nøgleord")
ANY_COMPETITOR = Text("a competitor or brand", "en konkurrent eller et mærke")
