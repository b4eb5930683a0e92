"""Texts about what is tracked."""

from __future__ import annotations

from grafana.i18n import Text

PAGE = Text("Keywords and competitors", "Nøgleord og konkurrenter")
PAGE_IS = Text("What is tracked now, and how to change it.", "Hvad der spores nu, og hvordan det ændres.")
HOW_TO = Text(
    "What is tracked. It is changed on the built-in page or on a command line with"
    " `salgspuls trackers add`, `remove` and `list`. A change takes effect within 5 seconds, without a"
    " restart.",
    "Her ses, hvad der spores. Det ændres på den indbyggede side eller på en kommandolinje med"
    " `salgspuls trackers add`, `remove` og `list`. En ændring virker inden for 5 sekunder uden genstart.",
)
KEYWORDS = Text("Tracked keywords", "Sporede nøgleord")
COMPETITORS = Text("Tracked competitors", "Sporede konkurrenter")
TRACKERS_IS = Text(
    "What is tracked now. Also as: aliases. Language, side: only then. Word forms, compounds: whether"
    " inflected forms and"
    " Danish compounds count too. Mentions: by both sides in the time range.",
    "Det, der spores nu. Også som: aliasser. Sprog, side: kun der. Bøjninger, sammensætninger: om"
    " bøjede former og"
    " sammensatte ord tæller med. Omtaler: fra begge sider i tidsrummet.",
)
NO_TRACKERS = Text("Nothing is tracked yet: add one", "Intet spores endnu: tilføj et")
NAME = Text("Name", "Navn")
ALIASES = Text("Also as", "Også som")
LANGUAGE = Text("Language", "Sprog")
SIDE = Text("Side", "Side")
WORD_FORMS = Text("Word forms", "Bøjninger")
COMPOUNDS = Text("Compounds", "Sammensætninger")
MENTIONS = Text("Mentions", "Omtaler")
YES = Text("yes", "ja")
NO = Text("no", "nej")
ANY = Text("any", "alle")
SELLER = Text("seller", "sælger")
CUSTOMER = Text("customer", "kunde")
