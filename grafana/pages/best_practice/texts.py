"""Texts about best-practice keywords."""

from __future__ import annotations

from grafana.i18n import Text

WORDS = Text("Best-practice keywords", "Nøgleord for bedste praksis")
WORDS_IS = Text(
    "Words and two-word terms that top sellers use more than the other sellers, in the form that is said most. Each"
    " language has its own top sellers, and words are compared within it. Ranked by how sure the difference is"
    " (log-odds with a prior, Monroe et al. 2008), counted in calls; said by at least 3 top sellers, each more than the"
    " others, in at least 10 of their calls and one in 50, and half as often again as by the others. Names, small talk"
    " and trackers are left out. Lift: the top sellers' rate per 1,000 words / the others'.",
    "Ord og udtryk på to ord, som de bedste sælgere bruger mere end de andre, i den form, der siges oftest. Hvert sprog"
    " har sine egne bedste sælgere, og ord sammenlignes inden for sproget. Efter hvor sikker forskellen er (log-odds"
    " med prior, Monroe m.fl. 2008), talt i opkald; sagt af mindst 3 af de bedste, hver mere end de andre, i mindst 10"
    " af deres opkald og ét ud af 50, og halvanden gang så ofte som af de andre. Navne, småsnak og det, der spores, er"
    " udeladt. Løft: de bedstes hyppighed pr. 1.000 ord / de andres.",
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
USERS = Text("Top sellers who use it more", "Bedste sælgere, der bruger det mere")
CONVERSATIONS = Text("Conversations", "Samtaler")
TREND = Text("Uses over time", "Brug over tid")
TREND_IS = Text(
    "Uses of the five words by top sellers, by day.", "De bedste sælgeres brug af de fem ord, pr. dag."
)
CONVERSATIONS_TREND = Text("Conversations over time", "Samtaler over tid")
CONVERSATIONS_TREND_IS = Text(
    "Calls of top sellers in which each of the five words is said, by day.",
    "De bedste sælgeres opkald, hvor hvert af de fem ord siges, pr. dag.",
)
CALLS = Text("Where they say it", "Hvor de siger det")
CALLS_IS = Text(
    "The newest sentences of top sellers with these words, of the last 30 days of the range.",
    "De bedste sælgeres nyeste sætninger med ordene, fra tidsrummets sidste 30 dage.",
)
SENTENCE = Text("Sentence", "Sætning")
OPEN_CALLS = Text("Show the calls in which it is said", "Vis opkald, hvor det siges")
