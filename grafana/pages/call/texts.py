"""Texts about one call."""

from __future__ import annotations

from grafana.i18n import Text

PAGE = Text("Call summary", "Opkaldsoversigt")
PAGE_IS = Text(
    "One call: who took part, how it went, what was said. Opened from a call's title.",
    "Ét opkald: hvem der deltog, hvordan det gik, hvad der blev sagt. Åbnes fra et opkalds titel.",
)
CALL_ID = Text("Call id", "Opkalds-id")
SEARCH = Text("Search transcript", "Søg i udskriften")
RECORDING = Text("Recording", "Optagelse")
OPEN_RECORDING = Text("Play the recording from here", "Afspil optagelsen herfra")
PLAY = Text("▶ play", "▶ afspil")
OPEN_WORDS = Text("Show where it is said", "Vis hvor det bliver sagt")
CALL = Text("Call", "Opkald")
CALL_IS = Text("Title, customer, begin and length of the call.", "Opkaldets titel, kunde, start og længde.")
CALL_HEADLINE = Text(
    "{title} · {customer} · {when} · {minutes:decimal} minutes",
    "{title} · {customer} · {when} · {minutes:decimal} minutter",
)
NO_CALL = Text(
    "No such call: open one from a list of calls",
    "Der findes intet sådant opkald: åbn et fra en liste med opkald",
)
NOT_CHOSEN = Text("no call is chosen", "intet opkald er valgt")
PARTICIPANTS = Text("Participants", "Deltagere")
PARTICIPANTS_IS = Text("Who takes part, and on which side.", "Hvem der deltager, og på hvilken side.")
NO_PARTICIPANTS = Text("Nobody is named for this call", "Ingen er navngivet for opkaldet")
NAME = Text("Name", "Navn")
SIDE = Text("Side", "Side")
SELLER_SIDE = Text("seller", "sælger")
CUSTOMER_SIDE = Text("customer", "kunde")
SENTIMENT_IS = Text(
    "The customer's sentiment over the whole call: the class of the time-weighted mean compound; beside it"
    " the mean, from -1 to"
    " 1.",
    "Kundens synspunkt over hele opkaldet: klassen af det tidsvægtede gennemsnit; ved siden af"
    " gennemsnittet, fra -1 til 1.",
)
TALK_IS = Text(
    "The seller's percent of the talk time; beside it the customer's.",
    "Sælgerens procent af taletiden; ved siden af kundens.",
)
SPEED = Text("Talking speed", "Taletempo")
SPEED_IS = Text(
    "The seller's words per own talk minute; beside it the customer's.",
    "Sælgerens ord pr. eget taleminut; ved siden af kundens.",
)
SWITCHES = Text("Switches", "Skift")
SWITCHES_IS = Text("Changes of speaker; beside it per hour.", "Skift af taler; ved siden af pr. time.")
PAUSE = Text("Pause before speaking", "Pause før tale")
PAUSE_IS = Text(
    "Mean seconds between the customer's last word and the seller's first; beside it the silence: gaps above"
    " 3 s.",
    "Gennemsnitlige sekunder mellem kundens sidste ord og sælgerens første; ved siden af stilhed: huller"
    " over 3 s.",
)
MONOLOGUE = Text("Longest customer monologue", "Længste kundemonolog")
MONOLOGUE_IS = Text(
    "Seconds of the customer's longest run without a switch; beside it the seller's.",
    "Sekunder i kundens længste sammenhængende tale; ved siden af sælgerens.",
)
NOTE_CUSTOMER = Text("customer {other}", "kunde {other}")
NOTE_SELLER = Text("seller {other}", "sælger {other}")
NOTE_HOUR = Text("{other} per hour", "{other} i timen")
NOTE_SILENCE = Text("silence {other}", "stilhed {other}")
NOTE_MEAN = Text("mean {other}", "gennemsnit {other}")
NOTE_NONE = Text("unknown", "ukendt")
TIMELINE = Text("Timeline", "Tidslinje")
TIMELINE_IS = Text(
    "Who speaks when, coloured by the sentiment of what is said, and which keyword falls when. A keyword leads to"
    " where it is said.",
    "Hvem der taler hvornår, farvet efter synspunktet i det sagte, og hvilket nøgleord der falder hvornår. Et"
    " nøgleord fører til, hvor det bliver sagt.",
)
NO_TEXT = Text(
    "Nothing was said yet, nothing is found, or it may not be shown",
    "Intet er sagt endnu, intet er fundet, eller det må ikke vises",
)
NO_SPEECH = Text(
    "Nothing was said yet, or it may not be shown", "Intet er sagt endnu, eller det må ikke vises"
)
KEYWORD = Text("Keywords", "Nøgleord")
TRANSCRIPT = Text("Transcript", "Udskrift")
TRANSCRIPT_IS = Text(
    "What was said, in order; time since the call's begin. ‹Marked›: tracked keywords, competitors and other"
    " names. A search looks for words, or for the name of what is mentioned in any form.",
    "Det sagte i rækkefølge; tid siden opkaldets start. ‹Markeret›: sporede nøgleord, konkurrenter og andre"
    " navne. En søgning leder efter ord, eller efter navnet på det, der nævnes i en hvilken som helst form.",
)
TIME = Text("Time", "Tid")
SPEAKER = Text("Speaker", "Taler")
SAID = Text("Said", "Sagt")
MENTIONS = Text("Mentions", "Omtaler")
MENTIONS_IS = Text(
    "What was mentioned, by kind, and how often each side said it. A name leads to where it is said.",
    "Hvad der blev nævnt, efter art, og hvor ofte hver side sagde det. Et navn fører til, hvor det bliver sagt.",
)
NO_MENTIONS = Text("Nothing was mentioned", "Intet blev nævnt")
MENTION_KIND = Text("Kind", "Art")
KIND_KEYWORD = Text("keyword", "nøgleord")
KIND_COMPETITOR = Text("competitor", "konkurrent")
KIND_NAME = Text("name", "navn")
BY_CUSTOMER = Text("Customer", "Kunde")
BY_SELLER = Text("Seller", "Sælger")
QUESTIONS = Text("Questions", "Spørgsmål")
QUESTIONS_IS = Text("The sentences that ask, by either side.", "De sætninger, der spørger, fra begge sider.")
NO_QUESTIONS = Text("No question was asked", "Intet spørgsmål blev stillet")
QUESTION = Text("Question", "Spørgsmål")
ACTIONS = Text("Action items", "Handlingspunkter")
ACTIONS_IS = Text(
    "What somebody promised or asked to be done.", "Hvad nogen lovede eller bad om at få gjort."
)
NO_ACTIONS = Text("No action item was heard", "Intet handlingspunkt blev hørt")
ACTION = Text("Action", "Handling")
DEAL = Text("Related opportunity", "Relateret salgsmulighed")
DEAL_IS = Text(
    "The opportunity that the call is about, as it stands now.",
    "Den salgsmulighed, opkaldet handler om, som den står nu.",
)
NO_DEAL = Text("The call is linked to no opportunity", "Opkaldet er ikke knyttet til en salgsmulighed")
DEAL_NAME = Text("Opportunity", "Salgsmulighed")
STAGE = Text("Stage", "Fase")
STATE = Text("State", "Status")
STATE_OPEN = Text("open", "åben")
STATE_WON = Text("won", "vundet")
STATE_LOST = Text("lost", "tabt")
WORTH = Text("Estimated revenue", "Forventet omsætning")
CLOSES = Text("Estimated close", "Forventet lukning")

TALK_RATIO = Text("Talk ratio", "Taleandel")
SENTIMENT = Text("Sentiment", "Synspunkt")
OPEN_TRANSCRIPT = Text("Show what was said", "Vis, hvad der blev sagt")
