"""Texts of the home page and the wall."""

from __future__ import annotations

from grafana.i18n import Text

WALL = Text("Wall", "Væg")
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
    "Won / available, in percent; available = won + lost in the time range + still open at its end although expected"
    " to close by then. Beside it the close rate: won / (won + lost). Empty when nothing was available.",
    "Vundne / mulige i procent; mulige = vundne + tabte i tidsrummet + dem, der stadig er åbne ved dets slutning, selv"
    " om de var ventet lukket inden da. Ved siden af lukkeprocenten: vundne / (vundne + tabte). Tom, når intet var"
    " muligt.",
)
WIN_RATE_NOTE = Text("close rate {close_rate:percent}", "lukkeprocent {close_rate:percent}")
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
NO_DEALS = Text("No opportunity for this choice yet", "Endnu ingen salgsmulighed i dette udvalg")
NO_WON = Text("No deal won in this range", "Ingen handel vundet i tidsrummet")
NO_TARGET = Text("No target is set", "Intet mål er sat")

CUSTOMERS_SECTION = Text("What are customers talking about?", "Hvad taler kunder om?")

SELLERS_SECTION = Text("What characterizes top sellers?", "Hvad kendetegner de bedste sælgere?")

DEALS_SECTION = Text("Are my team's deals on track?", "Er mit teams handler på sporet?")

RECORDING_SECTION = Text(
    "Call recording KPIs: this month against last month",
    "Nøgletal for opkaldsoptagelser: denne måned mod sidste måned",
)
LIVE_SECTION = Text("Live now", "Lige nu")

MONTHS_IS = Text(
    " This calendar month to now; beside it the change in percent against the same elapsed part of the"
    " previous month. Not"
    " governed by the time filter.",
    " Denne kalendermåned til nu; ved siden af ændringen i procent mod den samme forløbne del af forrige"
    " måned. Tidsfilteret"
    " gælder ikke her.",
)
RECORDED = Text("Recorded calls", "Optagede opkald")
RECORDED_IS = Text("Count of recorded calls by their begin.", "Antal optagede opkald efter deres start.")
HOURS = Text("Recorded hours", "Optagede timer")
HOURS_IS = Text("Sum of the calls' durations in hours.", "Summen af opkaldenes varighed i timer.")
KEYWORD_CALLS = Text("Calls with tracked keywords", "Opkald med sporede nøgleord")
KEYWORD_CALLS_IS = Text(
    "Count of recorded calls in which either side mentions a tracked keyword; never more than the recorded"
    " calls.",
    "Antal optagede opkald, hvor en af siderne nævner et sporet nøgleord; aldrig flere end de optagede"
    " opkald.",
)
COMPETITOR_CALLS = Text("Calls with competitors or brands", "Opkald med konkurrenter eller mærker")
COMPETITOR_CALLS_IS = Text(
    "Count of recorded calls in which either side mentions a tracked competitor, or another brand or organization;"
    " never more than the recorded calls.",
    "Antal optagede opkald, hvor en af siderne nævner en sporet konkurrent eller et andet mærke eller en anden"
    " organisation; aldrig flere end de optagede opkald.",
)
CHANGE = Text(
    "{change} against {before} to this day last month", "{change} mod {before} samme tid sidste måned"
)
NO_CALL_YET = Text("Waiting for the first call", "Venter på det første opkald")

LIVE = Text("Calls in progress", "Igangværende opkald")
LIVE_IS = Text(
    "Calls that have not ended and had an event within ten minutes, the most negative first. Minutes since"
    " the call began;"
    " talk ratio: the seller's percent of the talk time; sentiment: the customer's, of the call so far;"
    " direction: its last"
    " quarter against its first. Not governed by the time filter.",
    "Opkald, der ikke er sluttet og har haft en hændelse inden for ti minutter, de mest negative først."
    " Minutter siden start;"
    " taleandel: sælgerens procent af taletiden; synspunkt: kundens i opkaldet indtil nu; retning: sidste"
    " fjerdedel mod"
    " første. Tidsfilteret gælder ikke her.",
)
MORE_CALLS = Text("and {count} more", "og {count} mere")
NO_LIVE = Text("No call is in progress", "Ingen opkald er i gang")
MINUTES = Text("Minutes", "Minutter")
TALK_RATIO = Text("Talk ratio", "Taleandel")
SENTIMENT = Text("Sentiment", "Synspunkt")
DIRECTION = Text("Direction", "Retning")
HEARD = Text("Keywords heard", "Hørte nøgleord")
RISING = Text("↗ rising", "↗ stigende")
FALLING = Text("↘ falling", "↘ faldende")
STEADY = Text("→ steady", "→ stabil")

FRESHNESS = Text("Since the newest event", "Siden nyeste hændelse")
FRESHNESS_IS = Text(
    "Time since the newest event that is stored, in seconds, minutes, hours or days; below it the time"
    " range. Not governed by"
    " the time filter.",
    "Tid siden den nyeste gemte hændelse i sekunder, minutter, timer eller dage; under den tidsrummet."
    " Tidsfilteret gælder ikke"
    " for alderen.",
)
NO_EVENTS = Text("Waiting for the first event", "Venter på den første hændelse")
AGE_SECONDS = Text("{age:whole} s", "{age:whole} sek.")
AGE_MINUTES = Text("{age:whole} min", "{age:whole} min.")
AGE_HOURS = Text("{age:whole} h", "{age:whole} {age?time:timer}")
AGE_DAYS = Text("{age:whole} {age?day:days}", "{age:whole} {age?dag:dage}")
RANGE = Text("{first:day} – {last:day}", "{first:day} – {last:day}")
OPEN_FORECAST = Text("Show won and expected revenue", "Vis vundet og forventet omsætning")
OPEN_SYSTEM = Text("Show what arrives", "Vis, hvad der ankommer")
