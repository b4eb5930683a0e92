"""Texts about deals."""

from __future__ import annotations

from grafana.config import CLOSES_SOON_DAYS, HEALTHY_FROM
from grafana.i18n import Text

AT_RISK = Text("Deals at risk", "Handler i fare")
AT_RISK_IS = Text(
    f"Open opportunities whose health is below {HEALTHY_FROM} and whose estimated close is within {CLOSES_SOON_DAYS}"
    " days of the range's end or before it (overdue): count, and sum of the estimated revenue.",
    f"Åbne salgsmuligheder med sundhed under {HEALTHY_FROM} og forventet lukning inden for {CLOSES_SOON_DAYS} dage"
    " efter tidsrummets slutning eller før den (overskredet): antal og summen af den forventede omsætning.",
)
HEALTH_IS = Text(
    " Health, 0 to 100 = 100 × (0.35 recency + 0.30 sentiment + 0.20 engagement + 0.15 stability). Recency:"
    " 1 up to 3 days"
    " since the last contact (call or activity with a customer), falling evenly to 0 at 30; 0 without"
    " contact. Sentiment:"
    " (1 + mean customer compound of the last three linked calls) / 2; 0.5 without. Engagement: contact"
    " minutes of the last 30"
    " days / median of won deals in the 30 days before they were won, at most 1; 0.5 when no deal was won."
    " Stability:"
    " 1 - slips / 3, a slip moves the estimated close later.",
    " Sundhed, 0 til 100 = 100 × (0,35 aktualitet + 0,30 synspunkt + 0,20 engagement + 0,15 stabilitet). Aktualitet:"
    " 1 op til 3 dage"
    " siden seneste kontakt (opkald eller aktivitet med kunde), jævnt faldende til 0 ved 30; 0 uden kontakt."
    " Synspunkt:"
    " (1 + kundens gennemsnit i de seneste tre tilknyttede opkald) / 2; 0,5 uden. Engagement:"
    " kontaktminutter i de sidste 30"
    " dage / medianen for vundne handler i de 30 dage, før de blev vundet, højst 1; 0,5 når ingen handel er"
    " vundet. Stabilitet:"
    " 1 - udskydelser / 3; en udskydelse flytter den forventede lukning til senere.",
)
AT_RISK_HEADLINE = Text(
    "{risky:whole} {risky?opportunity:opportunities} worth {worth:money} {risky?is:are} at risk and"
    f" {{risky?closes:close}} within {CLOSES_SOON_DAYS} days",
    "{risky:whole} {risky?salgsmulighed:salgsmuligheder} til {worth:money} er i fare og skal lukkes inden for"
    f" {CLOSES_SOON_DAYS} dage",
)
AT_RISK_OVERDUE = Text(
    "{risky:whole} {risky?opportunity:opportunities} worth {worth:money} {risky?is:are} at risk and"
    f" {{risky?closes:close}} within {CLOSES_SOON_DAYS} days;"
    " {overdue:whole} of them {overdue?is:are} already overdue",
    "{risky:whole} {risky?salgsmulighed:salgsmuligheder} til {worth:money} er i fare og skal lukkes inden for"
    f" {CLOSES_SOON_DAYS} dage; heraf har {{overdue:whole}} allerede overskredet datoen",
)
NONE_AT_RISK = Text(
    f"No opportunity that is overdue or closes within {CLOSES_SOON_DAYS} days is at risk",
    f"Ingen salgsmulighed, der er overskredet eller skal lukkes inden for {CLOSES_SOON_DAYS} dage, er i fare",
)
AT_RISK_WHY = Text(
    "A deal that nobody touches rarely closes on time.",
    "En handel, som ingen rører ved, lukker sjældent til tiden.",
)
NO_DATED = Text(
    "No open opportunity has an estimated close", "Ingen åben salgsmulighed har en forventet lukning"
)
NO_OPEN = Text("No open opportunity", "Ingen åben salgsmulighed")
HEALTH = Text("Health of open deals", "Åbne handlers sundhed")
HEALTH_CHART_IS = Text(
    "Each open opportunity: days until its estimated close (across; left of 0 is overdue), health from 0 to"
    " 100 (up), estimated"
    " revenue (size). Dark red-orange: below 65.",
    "Hver åben salgsmulighed: dage til forventet lukning (vandret; til venstre for 0 er overskredet),"
    " sundhed fra 0 til 100"
    " (lodret), forventet omsætning (størrelse). Rødorange: under 65.",
)
DAYS = Text("days until close", "dage til lukning")
SCORE = Text("health", "sundhed")
VALUE = Text("estimated revenue", "forventet omsætning")
RISK = Text("at risk", "i fare")
HEALTHY = Text("on track", "på sporet")
NAME = Text("Opportunity", "Salgsmulighed")
PIPELINE = Text("Pipeline by stage", "Pipeline efter fase")
PIPELINE_IS = Text(
    "Sum of the estimated revenue of the opportunities that are open at the range's end, by stage, in the order in"
    " which deals usually pass through the stages.",
    "Summen af den forventede omsætning af de salgsmuligheder, der er åbne ved tidsrummets slutning, efter fase, i den"
    " rækkefølge, som handler normalt følger.",
)
STAGE = Text("Stage", "Fase")
FORECAST = Text("Won and expected against target", "Vundet og forventet mod mål")
FORECAST_IS = Text(
    "The current sales period by day, in millions of the reporting currency: revenue won so far; from today"
    " on that plus the"
    " open deals by their estimated close, each weighted by its win probability; and the target. Not"
    " governed by the time"
    " filter.",
    "Den aktuelle salgsperiode dag for dag, i millioner af rapporteringsvalutaen: vundet omsætning; fra i dag"
    " plus åbne handler"
    " efter forventet lukning, hver vægtet med sin vinderchance; og målet. Tidsfilteret gælder ikke her.",
)
WON = Text("won", "vundet")
EXPECTED = Text("won + weighted open", "vundet + vægtet åben")
TARGET = Text("target", "mål")
TABLE = Text("Open deals and their health", "Åbne handler og deres sundhed")
TABLE_IS = Text(
    "Each opportunity that is open at the range's end, the least healthy first, with the four parts of its"
    " health in percent.",
    "Hver salgsmulighed, der er åben ved tidsrummets slutning, de mindst sunde først, med sundhedens fire"
    " dele i procent.",
)
RECENCY = Text("Recency", "Aktualitet")
SENTIMENT = Text("Sentiment", "Synspunkt")
ENGAGEMENT = Text("Engagement", "Engagement")
STABILITY = Text("Stability", "Stabilitet")
CLOSES = Text("Estimated close", "Forventet lukning")
LAST_CONTACT = Text("Last contact", "Seneste kontakt")
SLIPS = Text("Slips", "Udskydelser")
SCORE_TITLE = Text("Health", "Sundhed")
VALUE_TITLE = Text("Estimated revenue", "Forventet omsætning")
SELLER = Text("Seller", "Sælger")
PAGE = Text("Deals", "Handler")
PAGE_IS = Text(
    "The open deals, how healthy they are and why.", "De åbne handler, hvor sunde de er og hvorfor."
)

STATE = Text("Status", "Status")
STATE_OPEN = Text("open", "åben")
STATE_WON = Text("won", "vundet")
STATE_LOST = Text("lost", "tabt")
DAY = Text("Closed, or expected to close", "Lukket eller forventes lukket")
OF_RANGE = Text("Deals of the time range", "Tidsrummets handler")
OF_RANGE_IS = Text(
    "Opportunities won or lost with their close date in the time range, and those that are open at its end, the"
    " largest 500 first. The value is the actual revenue of those that are won, else the estimated revenue.",
    "Salgsmuligheder, der er vundet eller tabt med lukkedato i tidsrummet, og dem, der er åbne ved dets slutning, de"
    " 500 største først. Værdien er den faktiske omsætning for de vundne, ellers den forventede.",
)
NONE_OF_RANGE = Text("No deal fits these choices", "Ingen handel passer til disse valg")
ACTIVITY = Text("Activity", "Aktivitet")
EMAIL = Text("e-mail", "e-mail")
PHONE = Text("phone call", "telefonopkald")
MEETING = Text("meeting", "møde")
MINUTES = Text("Minutes", "Minutter")
TIME_SPENT = Text("Time with customers", "Tid med kunder")
TIME_SPENT_IS = Text(
    "The newest 200 activities with a customer in the time range, as the CRM logged them: who, what, how long, and for"
    " which deal.",
    "De nyeste 200 aktiviteter med en kunde i tidsrummet, som CRM har registreret dem: hvem, hvad, hvor længe og for"
    " hvilken handel.",
)
NO_TIME_SPENT = Text("No activity with a customer in this range", "Ingen aktivitet med en kunde i tidsrummet")
REVENUE = Text("Revenue", "Omsætning")
