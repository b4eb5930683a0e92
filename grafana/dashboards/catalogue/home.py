"""Messages of the home page."""

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
    "Won / available, in percent; available = won + lost in the time range + open at its end. Beside it the"
    " close rate:"
    " won / (won + lost). Empty when nothing was available.",
    "Vundne / mulige i procent; mulige = vundne + tabte i tidsrummet + åbne ved dets slutning. Ved siden af"
    " lukkeprocenten:"
    " vundne / (vundne + tabte). Tom, når intet var muligt.",
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
NO_DEALS = Text("Waiting for the first opportunity", "Venter på den første salgsmulighed")
NO_WON = Text("No deal won in this range", "Ingen handel vundet i tidsrummet")
NO_TARGET = Text("No target is set for this period", "Der er ikke sat et mål for perioden")
