"""Texts about one deal."""

from __future__ import annotations

from grafana.i18n import Text

PAGE = Text("Deal", "Handel")
PAGE_IS = Text(
    "One deal: how it stands and why, what the customer said, its calls and people.",
    "Én handel: hvordan den står og hvorfor, hvad kunden sagde, dens opkald og personer.",
)
DEAL_ID = Text("Deal id", "Handlens id")
NO_DEAL = Text(
    "No such deal: open one from a list of deals", "Ingen sådan handel: åbn en fra en liste over handler"
)
HEADLINE = Text(
    "{name}: {worth} in {stage}, {closing}, {seller}", "{name}: {worth} i {stage}, {closing}, {seller}"
)
CLOSES_ON = Text("to close on {estimated_close_on:day}", "skal lukkes {estimated_close_on:day}")
NO_CLOSE = Text("without an estimated close", "uden forventet lukning")
WON_ON = Text("won on {closed_on:day}", "vundet {closed_on:day}")
LOST_ON = Text("lost on {closed_on:day}", "tabt {closed_on:day}")
HEADLINE_IS = Text(
    "Name, value (actual when won, else estimated), stage, close and seller, as the CRM knows them now.",
    "Navn, værdi (faktisk når den er vundet, ellers forventet), fase, lukning og sælger, som CRM kender dem nu.",
)

NOT_OPEN = Text("The deal is not open", "Handlen er ikke åben")
HEALTH = Text("Health", "Sundhed")
RECENCY = Text("Recency", "Aktualitet")
SENTIMENT = Text("Sentiment", "Synspunkt")
ENGAGEMENT = Text("Engagement", "Engagement")
STABILITY = Text("Stability", "Stabilitet")
IN_STAGE = Text("In this stage", "I denne fase")
AT_RISK = Text("at risk", "i fare")
ON_TRACK = Text("on track", "på sporet")
LAST_CONTACT = Text(
    "contact {days_since_contact:decimal} days ago", "kontakt for {days_since_contact:decimal} dage siden"
)
NO_CONTACT = Text("no contact yet", "ingen kontakt endnu")
LAST_CALLS = Text("of the last three calls", "af de seneste tre opkald")
CONTACT_MINUTES = Text("{contact_minutes:whole} min in 30 days", "{contact_minutes:whole} min. på 30 dage")
SLIPS = Text("{slips:whole} {slips?slip:slips}", "{slips:whole} {slips?udskydelse:udskydelser}")
DAYS = Text(
    "{days_in_stage:whole} {days_in_stage?day:days}", "{days_in_stage:whole} {days_in_stage?dag:dage}"
)
USUAL = Text(
    "nine of ten won deals: {usual_days_in_stage:whole} days",
    "ni af ti vundne handler: {usual_days_in_stage:whole} dage",
)
NO_USUAL = Text("too few won deals to compare", "for få vundne handler at sammenligne med")
IN_STAGE_IS = Text(
    "Whole days since the deal entered its stage; beside it how long nine of ten won deals stayed there"
    " at most, where at"
    " least five did.",
    "Hele dage siden handlen kom i sin fase; ved siden af hvor længe ni af ti vundne handler højst var"
    " der, når mindst fem"
    " var det.",
)

WARNINGS = Text("Warnings", "Advarsler")
WARNINGS_IS = Text(
    "Overdue: the estimated close has passed. No contact: neither a call nor an activity with the"
    " customer. Silent: none"
    " for more than 14 days. One person: two calls or more, all with the same person. Stalled: longer in"
    " its stage than"
    " nine of ten won deals. Competitor: the customer mentioned a tracked one.",
    "Overskredet: den forventede lukning er passeret. Ingen kontakt: hverken opkald eller aktivitet med"
    " kunden. Tavs:"
    " ingen i mere end 14 dage. Én person: to opkald eller flere, alle med den samme. Gået i stå: længere"
    " i sin fase end"
    " ni af ti vundne handler. Konkurrent: kunden nævnte en sporet.",
)
NO_WARNINGS = Text("Nothing to warn about", "Intet at advare om")
WARNING = Text("Warning", "Advarsel")
WHY = Text("Because", "Fordi")
OVERDUE = Text("Overdue", "Overskredet")
OVERDUE_WHY = Text(
    "the estimated close was {late:whole} {late?day:days} ago",
    "den forventede lukning var for {late:whole} {late?dag:dage} siden",
)
NEVER = Text("No contact", "Ingen kontakt")
NEVER_WHY = Text("nobody has spoken to the customer", "ingen har talt med kunden")
SILENT = Text("Silent", "Tavs")
SILENT_WHY = Text(
    "the last contact was {days_since_contact:whole} days ago",
    "seneste kontakt var for {days_since_contact:whole} dage siden",
)
ONE_PERSON = Text("One person", "Én person")
ONE_PERSON_WHY = Text(
    "all {calls:whole} calls were with the same person", "alle {calls:whole} opkald var med den samme person"
)
STALLED = Text("Stalled", "Gået i stå")
STALLED_WHY = Text(
    "{days_in_stage:whole} days in {stage}; nine of ten won deals took {usual_days_in_stage:whole} at most",
    "{days_in_stage:whole} dage i {stage}; ni af ti vundne handler brugte højst {usual_days_in_stage:whole}",
)
COMPETITOR = Text("Competitor", "Konkurrent")
COMPETITOR_WHY = Text("the customer mentioned {rivals}", "kunden nævnte {rivals}")

HISTORY = Text("Stage history and slips", "Faser og udskydelser")
HISTORY_IS = Text(
    "Each change that the CRM reported, the newest first; a slip moves the estimated close later.",
    "Hver ændring, som CRM har meldt, den nyeste først; en udskydelse flytter den forventede lukning til senere.",
)
CHANGED = Text("Changed", "Ændret")
STAGE = Text("Stage", "Fase")
VALUE = Text("Value", "Værdi")
CLOSE = Text("Estimated close", "Forventet lukning")
SLIP = Text("Slip", "Udskydelse")
SLIPPED = Text("{slipped:whole} {slipped?day:days} later", "{slipped:whole} {slipped?dag:dage} senere")

CALLS = Text("Calls", "Opkald")
CALLS_IS = Text(
    "All calls that are linked to the deal, the newest first.",
    "Alle opkald, der hører til handlen, det nyeste først.",
)
NO_CALLS = Text("No call is linked to this deal", "Intet opkald hører til denne handel")
ACTIVITIES = Text("Activities", "Aktiviteter")
ACTIVITIES_IS = Text(
    "E-mails, phone calls and meetings that the CRM logged for the deal.",
    "E-mails, telefonopkald og møder, som CRM har registreret på handlen.",
)
NO_ACTIVITIES = Text("No activity is logged for this deal", "Ingen aktivitet er registreret på denne handel")
ACTIVITY = Text("Kind", "Slags")
EMAIL = Text("e-mail", "e-mail")
PHONE = Text("phone call", "telefonopkald")
MEETING = Text("meeting", "møde")
DURATION = Text("Minutes", "Minutter")
WITH_CUSTOMER = Text("With the customer", "Med kunden")
YES = Text("yes", "ja")
NO = Text("no", "nej")
PEOPLE = Text("People", "Personer")
PEOPLE_IS = Text(
    "Who of the customer's side took part in the deal's calls.",
    "Hvem fra kundens side der deltog i handlens opkald.",
)
NO_PEOPLE = Text("No call names anybody", "Intet opkald nævner nogen")
NAME = Text("Name", "Navn")
LAST = Text("Last call", "Seneste opkald")

MENTIONS = Text("What the customer mentioned", "Hvad kunden nævnte")
MENTIONS_IS = Text(
    "Tracked keywords and competitors in the deal's calls, by how often the customer mentioned them.",
    "Sporede nøgleord og konkurrenter i handlens opkald, efter hvor ofte kunden nævnte dem.",
)
NO_MENTIONS = Text("The customer mentioned nothing that is tracked", "Kunden nævnte intet, der spores")
MENTIONED_BY = Text("By customer", "Af kunden")
IN_CALLS = Text("Calls", "Opkald")
KIND = Text("Kind", "Slags")
KEYWORD = Text("keyword", "nøgleord")
RIVAL = Text("competitor", "konkurrent")
MOOD = Text("Customer sentiment by call", "Kundesynspunkt pr. opkald")
MOOD_IS = Text(
    "Mean customer compound of each of the deal's calls, -1 to 1, in the chosen range.",
    "Kundens gennemsnitlige synspunkt i hvert af handlens opkald, -1 til 1, i det valgte tidsrum.",
)
NO_MOOD = Text(
    "No analysed call of this deal in this range", "Intet analyseret opkald på handlen i tidsrummet"
)
COMPOUND = Text("customer sentiment", "kundesynspunkt")
QUESTIONS = Text("Questions of the customer", "Kundens spørgsmål")
QUESTIONS_IS = Text(
    "Sentences in which the customer asks, the newest first.",
    "Sætninger, hvor kunden spørger, de nyeste først.",
)
NO_QUESTIONS = Text("The customer asked nothing", "Kunden spurgte ikke om noget")
PROMISES = Text("Promises", "Løfter")
PROMISES_IS = Text(
    "Action items of either side, the newest first.", "Aftalte handlinger fra begge sider, de nyeste først."
)
NO_PROMISES = Text("Nobody promised anything", "Ingen lovede noget")
SENTENCE = Text("Sentence", "Sætning")
SIDE = Text("Said by", "Sagt af")
SELLER_SIDE = Text("seller", "sælger")
CUSTOMER_SIDE = Text("customer", "kunde")
OPEN_CHANGES = Text("Show what changed", "Vis, hvad der er ændret")
OPEN_SAID = Text("Search for it", "Søg efter det")
