"""Messages of the home page."""

from __future__ import annotations

from grafana.dashboards.language import Text

DESCRIPTION = Text(
    "What a sales manager sees first: the numbers of the period, what customers talk about, who is talking"
    " now.",
    "Det første en salgschef ser: periodens tal, hvad kunderne taler om, og hvem der taler nu.",
)

TIME_LEFT = Text("Time left", "Tid tilbage")
TIME_LEFT_IS = Text(
    "Whole days from today to the last day of the current sales period: the period that was sent as an"
    " event, else the"
    " fiscal quarter. Not governed by the time filter.",
    "Hele dage fra i dag til salgsperiodens sidste dag: den periode, der er sendt som hændelse, ellers"
    " regnskabskvartalet."
    " Tidsfilteret gælder ikke her.",
)
TIME_LEFT_VALUE = Text("{days_left:whole} {days_left?day:days}", "{days_left:whole} {days_left?dag:dage}")
TIME_LEFT_NOTE = Text("{period_name}, to {period_ends_on:day}", "{period_name}, til {period_ends_on:day}")
ACTUAL_REVENUE = Text("Actual revenue", "Faktisk omsætning")
ACTUAL_REVENUE_IS = Text(
    "Sum of the actual revenue of the opportunities won with their close date in the time range, in the"
    " reporting currency.",
    "Summen af den faktiske omsætning af de salgsmuligheder, der er vundet med lukkedato i tidsrummet, i"
    " rapporteringsvalutaen.",
)
ACTUAL_REVENUE_NOTE = Text("won in the range", "vundet i tidsrummet")
OPEN_REVENUE = Text("Open revenue", "Åben omsætning")
OPEN_REVENUE_IS = Text(
    "Sum of the estimated revenue of the opportunities that are open at the end of the time range, in the"
    " reporting currency.",
    "Summen af den forventede omsætning af de salgsmuligheder, der er åbne ved tidsrummets slutning, i"
    " rapporteringsvalutaen.",
)
OPEN_REVENUE_NOTE = Text(
    "{deals_open:whole} open {deals_open?deal:deals}",
    "{deals_open:whole} {deals_open?åben handel:åbne handler}",
)
DEALS_WON = Text("Deals won", "Vundne handler")
DEALS_WON_IS = Text(
    "Count of the opportunities won with their close date in the time range.",
    "Antallet af salgsmuligheder, der er vundet med lukkedato i tidsrummet.",
)
DEALS_WON_NOTE = Text("{deals_lost:whole} lost", "{deals_lost:whole} {deals_lost?tabt:tabte}")
WIN_RATE = Text("Win rate", "Vinderprocent")
WIN_RATE_IS = Text(
    "Won / available, in percent; available = won + lost in the time range + open at its end. Beside it the"
    " close rate:"
    " won / (won + lost). Empty when nothing was available.",
    "Vundne / mulige i procent; mulige = vundne + tabte i tidsrummet + åbne ved dets slutning. Ved siden af"
    " lukkeprocenten:"
    " vundne / (vundne + tabte). Tom, når intet var muligt.",
)
WIN_RATE_NOTE = Text("close rate {close_rate:percent}", "lukkeprocent {close_rate:percent}")
NO_CLOSED = Text("no deal closed", "ingen handel lukket")
AVERAGE_DEAL = Text("Average deal size", "Gennemsnitlig handel")
AVERAGE_DEAL_IS = Text(
    "Actual revenue / deals won, in the reporting currency. Empty when no deal was won.",
    "Faktisk omsætning / vundne handler, i rapporteringsvalutaen. Tom, når ingen handel er vundet.",
)
AVERAGE_DEAL_NOTE = Text("per won deal", "pr. vundet handel")
TARGET = Text("Target attainment", "Målopfyldelse")
TARGET_IS = Text(
    "Actual revenue won since the current sales period began / the period's target, in percent. Not governed"
    " by the time"
    " filter.",
    "Faktisk omsætning vundet siden salgsperiodens begyndelse / periodens mål, i procent. Tidsfilteret"
    " gælder ikke her.",
)
TARGET_NOTE = Text(
    "{period_revenue:money} of {target_value:money}", "{period_revenue:money} af {target_value:money}"
)
NO_DEALS = Text("Waiting for the first opportunity", "Venter på den første salgsmulighed")
NO_WON = Text("No deal won in this range", "Ingen handel vundet i tidsrummet")
NO_TARGET = Text("No target is set for this period", "Der er ikke sat et mål for perioden")

LIVE = Text("Live now: calls in progress", "Lige nu: igangværende opkald")
LIVE_IS = Text(
    "Calls that have not ended and had an event within ten minutes, the most negative first. Minutes since"
    " the call began;"
    " talk ratio: the seller's share of the talk time; sentiment: the customer's, of the call so far, and"
    " how its last quarter"
    " differs from its first. Not governed by the time filter.",
    "Opkald, der ikke er sluttet og har haft en hændelse inden for ti minutter, de mest negative først."
    " Minutter siden"
    " opkaldets start; taleandel: sælgerens del af taletiden; synspunkt: kundens i opkaldet indtil nu, og"
    " hvordan sidste"
    " fjerdedel afviger fra første. Tidsfilteret gælder ikke her.",
)
NO_LIVE = Text("No call is in progress", "Ingen opkald er i gang")
SELLER = Text("Seller", "Sælger")
CUSTOMER = Text("Customer", "Kunde")
MINUTES = Text("Minutes", "Minutter")
TALK_RATIO = Text("Talk ratio", "Taleandel")
SENTIMENT = Text("Sentiment", "Synspunkt")
DIRECTION = Text("Direction", "Retning")
HEARD = Text("Keywords heard", "Hørte nøgleord")
RISING = Text("↗ rising", "↗ stigende")
FALLING = Text("↘ falling", "↘ faldende")
STEADY = Text("→ steady", "→ stabil")

KEYWORDS = Text("Tracked keywords", "Sporede nøgleord")
KEYWORDS_IS = Text(
    "The 20 tracked keywords that customers say most in the time range. Mentions: occurrences in customers'"
    " speech. Growth in"
    " percent against the equally long range before; for all time, the last 30 days against the 30 before.",
    "De 20 sporede nøgleord, som kunderne siger oftest i tidsrummet. Omtaler: forekomster i kundernes tale."
    " Vækst i procent"
    " mod det lige så lange tidsrum før; for altid de sidste 30 dage mod de 30 før.",
)
NO_KEYWORDS = Text(
    "No tracked keyword was mentioned by a customer in this range",
    "Ingen kunde har nævnt et sporet nøgleord i tidsrummet",
)
KEYWORD = Text("Keyword", "Nøgleord")
MENTIONS = Text("Mentions", "Omtaler")
GROWTH = Text("Growth", "Vækst")

FRESHNESS = Text("Freshness", "Aktualitet")
FRESHNESS_IS = Text(
    "Seconds since the newest event that is stored. Not governed by the time filter.",
    "Sekunder siden den nyeste hændelse, der er gemt. Tidsfilteret gælder ikke her.",
)
NO_EVENTS = Text("Waiting for the first event", "Venter på den første hændelse")
AGE = Text(
    "newest event {age_seconds:whole} {age_seconds?second:seconds} ago",
    "nyeste hændelse for {age_seconds:whole} {age_seconds?sekund:sekunder} siden",
)
