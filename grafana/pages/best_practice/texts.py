"""Texts about best-practice keywords."""

from __future__ import annotations

from grafana.i18n import Text

WORDS = Text("Best-practice keywords", "Nøgleord for bedste praksis")
WORDS_IS = Text(
    "Words and two-word terms, in their base form, that top sellers use more than the other sellers, ranked"
    " by lift: their rate"
    " per 1,000 words / the others' rate (the others' count taken as at least 1). Used at least 5 times, by"
    " at least 2 top"
    " sellers.",
    "Ord og udtryk på to ord, i grundform, som de bedste sælgere bruger mere end de andre, efter løft: deres"
    " hyppighed pr. 1.000"
    " ord / de andres (de andres antal regnet som mindst 1). Brugt mindst 5 gange, af mindst 2 af de bedste.",
)
WORDS_CHART = Text("Words that top sellers use more", "Ord, de bedste bruger mere")
WORDS_HEADLINE = Text("Top sellers say more often: {listing}", "De bedste sælgere siger oftere: {listing}")
WORDS_WHY = Text(
    "Words that go with won deals can be taught.", "Ord, der følger med vundne handler, kan læres."
)
NO_WORDS = Text(
    "No word is used clearly more by top sellers in this range",
    "Intet ord bruges tydeligt mere af de bedste sælgere i tidsrummet",
)
WORDS_BUBBLES_IS = Text(
    "Size: uses by top sellers. Colour: lift, the darker the more.",
    "Størrelse: brug. Farve: løft, jo mørkere jo mere.",
)
WORD = Text("Word", "Ord")
USES = Text("Uses", "Brug")
LIFT = Text("Lift", "Løft")
TOP_RATE = Text("Top sellers per 1,000 words", "De bedste pr. 1.000 ord")
OTHER_RATE = Text("Others per 1,000 words", "Andre pr. 1.000 ord")
USERS = Text("Top sellers who use it", "Bedste sælgere, der bruger det")
