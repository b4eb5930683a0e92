"""Texts of the page of sellers."""

from __future__ import annotations

from grafana.i18n import Text

PAGE = Text("Sellers", "Sælgere")
PAGE_IS = Text(
    "All sellers with team and manager, and who of them counts as a top seller: by revenue, or by a star.",
    "Alle sælgere med team og leder, og hvem af dem der regnes for en af de bedste: efter omsætning eller med en"
    " stjerne.",
)
HOW_IT_IS = Text(
    "How top sellers are chosen: while nobody is starred, those whose actual revenue in the range is above the mean per"
    " seller; else those with a star, whatever they sell.",
    "Sådan udpeges de bedste sælgere: så længe ingen har en stjerne, dem med faktisk omsætning i tidsrummet over"
    " gennemsnittet pr. sælger; ellers dem med en stjerne, uanset hvad de sælger.",
)
AUTOMATIC = Text(
    "Top sellers are chosen by revenue: {tops:whole} of {of_all:whole} sell above the mean",
    "De bedste sælgere udpeges efter omsætning: {tops:whole} af {of_all:whole} {of_all?sælger:sælgere}"
    " over gennemsnittet",
)
BY_STAR = Text(
    "Top sellers are those with a star: {tops:whole} of {of_all:whole}",
    "De bedste sælgere er dem med en stjerne: {tops:whole} af {of_all:whole}",
)
TABLE = Text("Sellers and stars", "Sælgere og stjerner")
TABLE_IS = Text(
    "Every seller with team, manager, calls and actual revenue in the range. Style is judged only of those with enough"
    " calls. A name opens the seller.",
    "Hver sælger med team, leder, opkald og faktisk omsætning i tidsrummet. Stilen bedømmes kun for dem med nok opkald."
    " Navnet åbner sælgeren.",
)
NONE = Text("Waiting for the first seller", "Venter på den første sælger")
MANAGER = Text("Manager", "Leder")
CALLS = Text("Calls", "Opkald")
REVENUE = Text("Actual revenue", "Faktisk omsætning")
COUNTS = Text("Counts as", "Regnes som")
STARRED = Text("★ top seller, starred", "★ bedste sælger, med stjerne")
BY_REVENUE = Text("top seller, by revenue", "bedste sælger, efter omsætning")
NOT_TOP = Text("–", "–")
ENOUGH = Text("Style", "Stil")
IS_ENOUGH = Text("enough calls", "nok opkald")
TOO_FEW = Text("too few calls", "for få opkald")
HOW_TO = Text(
    "The star beside a name puts a seller on the list, on the built-in page; elsewhere: `salgspuls sellers star ID`.",
    "Stjernen ved et navn sætter en sælger på listen, på den indbyggede side; ellers: `salgspuls sellers star ID`.",
)
