"""Texts about what customers mention: keywords, competitors, other names."""

from __future__ import annotations

from grafana.i18n import Text

KEYWORDS = Text("Tracked keywords", "Sporede nøgleord")
COMPETITORS = Text("Tracked competitors", "Sporede konkurrenter")
BRANDS = Text("Other brands and organizations", "Andre mærker og organisationer")
RANKED_IS = Text(
    "Mentions: how often customers said it in the time range. Growth in percent against the equally long"
    " range before; for"
    " all time, the last 30 days against the 30 before; new when it was not said before.",
    "Omtaler: hvor ofte kunderne sagde det i tidsrummet. Vækst i procent mod det lige så lange tidsrum før;"
    " for altid de"
    " sidste 30 dage mod de 30 før; ny, når det ikke blev sagt før.",
)
KEYWORDS_IS = Text(
    "The three that grow most of the 20 tracked keywords that customers say most; when none grows by"
    " more than 5 %, the three that they say most.",
    "De tre med størst vækst af de 20 sporede nøgleord, som kunderne siger oftest; når ingen vokser"
    " mere end 5 %, de tre, der siges oftest.",
)
COMPETITORS_IS = Text(
    "The three that grow most of the 20 tracked competitors that customers mention most; when none grows by"
    " more than 5 %, the three that they mention most.",
    "De tre med størst vækst af de 20 sporede konkurrenter, som kunderne nævner oftest; når ingen vokser"
    " mere end 5 %, de tre, der nævnes oftest.",
)
BRANDS_IS = Text(
    "The three most mentioned names that nobody tracks, that were never mentioned before the time range, and that"
    " customers of at least two companies mention; for all time, new ones first. Customers, people and the own company"
    " are left out.",
    "De tre oftest nævnte navne, som ingen sporer, som aldrig er nævnt før tidsrummet, og som kunder fra mindst to"
    " virksomheder nævner; for altid de nye først. Kunder, personer og egen virksomhed er udeladt.",
)
GROWING = Text("Growing most: {listing}", "Vokser mest: {listing}")
NONE_GROWS = Text(
    "None is mentioned clearly more than before. Most mentioned: {listing}",
    "Ingen nævnes mærkbart mere end før. Oftest nævnt: {listing}",
)
MOST = Text("Most mentioned: {listing}", "Oftest nævnt: {listing}")
APPEARING = Text("New names: {listing}", "Nye navne: {listing}")
KEYWORDS_WHY = Text(
    "What customers bring up themselves is what they decide on.",
    "Det, kunderne selv bringer op, er det, de beslutter ud fra.",
)
COMPETITORS_WHY = Text(
    "A competitor that comes up more often is already in your deals.",
    "En konkurrent, der nævnes oftere, er allerede med i jeres handler.",
)
BRANDS_WHY = Text(
    "A name that nobody tracks yet may be the next competitor or partner.",
    "Et navn, som ingen sporer endnu, kan være den næste konkurrent eller partner.",
)
NO_KEYWORDS = Text(
    "No customer mentioned a tracked keyword in this range",
    "Ingen kunde har nævnt et sporet nøgleord i tidsrummet",
)
NO_COMPETITORS = Text(
    "No customer mentioned a tracked competitor in this range",
    "Ingen kunde har nævnt en sporet konkurrent i tidsrummet",
)
NO_BRANDS = Text(
    "No customer mentioned a new name in this range", "Ingen kunde har nævnt et nyt navn i tidsrummet"
)
BUBBLES = Text("The 20 mentioned most", "De 20 mest nævnte")
BUBBLES_IS = Text(
    "The 20 that customers mention most, in order. Size: mentions. Colour: growth, the darker the more;"
    " brown is new. ",
    "De 20, som kunderne nævner oftest, i rækkefølge. Størrelse: omtaler. Farve: vækst, jo mørkere jo mere;"
    " brun er ny. ",
)
NAME = Text("Name", "Navn")
MENTIONS = Text("Mentions", "Omtaler")
GROWTH = Text("Growth", "Vækst")
FALLING = Text("falling", "faldende")
STEADY = Text("steady", "stabil")
RISING = Text("rising", "stigende")
MENTIONED = Text("Mentions and conversations", "Omtaler og samtaler")
MENTIONED_IS = Text(
    "Mentions: occurrences in customers' speech. Conversations: calls in which a customer said it, and their"
    " percent of all"
    " calls in the time range. Growth of the mentions as on the home page. Sellers: occurrences in sellers'"
    " speech.",
    "Omtaler: forekomster i kundernes tale. Samtaler: opkald, hvor en kunde sagde det, og deres procent af"
    " alle opkald i"
    " tidsrummet. Vækst i omtaler som på startsiden. Sælgere: forekomster i sælgernes tale.",
)
CONVERSATIONS = Text("Conversations", "Samtaler")
OF_ALL = Text("Of all calls", "Af alle opkald")
BY_SELLERS = Text("Said by sellers", "Sagt af sælgere")
MENTIONS_TREND = Text("Mentions over time", "Omtaler over tid")
MENTIONS_TREND_IS = Text(
    "Mentions by customers of the five that are mentioned most, by hour, day, week or month, as the range is"
    " long.",
    "Kundernes omtaler af de fem oftest nævnte efter time, dag, uge eller måned, alt efter tidsrummets"
    " længde.",
)
CONVERSATIONS_TREND = Text("Conversations over time", "Samtaler over tid")
CONVERSATIONS_TREND_IS = Text(
    "Calls in which a customer mentions one of the five that are mentioned most, by hour, day, week or"
    " month.",
    "Opkald, hvor en kunde nævner en af de fem oftest nævnte, efter time, dag, uge eller måned.",
)
MENTIONING_CALLS = Text("Calls that mention them", "Opkald, der nævner dem")
MENTIONING_CALLS_IS = Text(
    "The latest 200 calls in which a customer mentions one, with what was mentioned. A title opens the call.",
    "De seneste 200 opkald, hvor en kunde nævner en af dem, med det nævnte. Titlen åbner opkaldet.",
)
CHIPS = Text("Mentioned", "Nævnt")
OPEN_CALLS = Text("Show the calls that mention it", "Vis opkald, der nævner det")
