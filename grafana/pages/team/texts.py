"""Texts about the team: top sellers against it, and seller by seller."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from grafana.i18n import Text

TOP_SELLERS = Text("Top sellers", "De bedste sælgere")
TEAM_AVERAGE = Text("Team average", "Teamets gennemsnit")
WHO_IS_TOP = Text(
    " Top sellers: those whose actual revenue in the range is above the mean per seller, or those the"
    " manager starred."
    " Team average: all sellers. A group's figure is the mean of its sellers' means, a seller's the mean"
    " over their"
    " calls. A seller counts with enough calls in the range: five of a minute and more, and ten minutes of speech,"
    " unless the settings say otherwise. A difference is at least 2 percentage points or 5 %, and more than"
    " its standard"
    " error, which is the sellers' spread (standard deviation) by the square root of how many top sellers"
    " there are; else"
    " it is about the same.",
    " De bedste sælgere: dem, hvis faktiske omsætning i tidsrummet er over gennemsnittet pr. sælger, eller"
    " dem, lederen"
    " har markeret. Teamets gennemsnit: alle sælgere. En gruppes tal er gennemsnittet af dens sælgeres"
    " gennemsnit, en"
    " sælgers af sælgerens opkald. En sælger tæller med, når der er opkald nok i tidsrummet: fem på mindst"
    " et minut og ti"
    " minutters tale, medmindre indstillingerne siger andet. En forskel er mindst 2 procentpoint eller 5 %"
    " og større end"
    " sin standardfejl, som er sælgernes spredning (standardafvigelse) divideret med kvadratroden af"
    " antallet af de bedste"
    " sælgere; ellers er det omtrent det samme.",
)
COMPARED_SHARE = Text(
    "{group}: {figure:percent}\nDifference {by:points} percentage points, standard error {error:points}",
    "{group}: {figure:percent}\nForskel {by:points} procentpoint, standardfejl {error:points}",
)
COMPARED_RATE = Text(
    "{group}: {figure:decimal}\nDifference {by:decimal}, standard error {error:decimal}",
    "{group}: {figure:decimal}\nForskel {by:decimal}, standardfejl {error:decimal}",
)
COMPARED_HOURS = Text(
    "{kind_title}: {top:decimal} against {team:decimal}\nAll together: difference {by:decimal}, standard error"
    " {error:decimal}",
    "{kind_title}: {top:decimal} mod {team:decimal}\nI alt: forskel {by:decimal}, standardfejl {error:decimal}",
)
COUNTED = Text(" ({counted:whole} of {of_all:whole} sellers)", " ({counted:whole} af {of_all:whole} sælgere)")
TOO_FEW = Text("too few calls", "for få opkald")
NO_TOP = Text(
    "Waiting for calls and won deals to compare sellers by",
    "Venter på opkald og vundne handler at sammenligne sælgere efter",
)

TALK = Text("Average talk-to-listen ratio", "Gennemsnitligt forhold mellem tale og lytning")
TALK_IS = Text(
    "Percent of the talk time in which the seller talks, and in which the customer does.",
    "Procent af taletiden, hvor sælgeren taler, og hvor kunden gør.",
)
TALK_MORE = Text(
    "Top sellers talk more: {top_talk:share}:{top_listen:share} against"
    " {team_talk:share}:{team_listen:share}",
    "De bedste sælgere taler mere: {top_talk:share}:{top_listen:share} mod"
    " {team_talk:share}:{team_listen:share}",
)
TALK_LESS = Text(
    "Top sellers talk less: {top_talk:share}:{top_listen:share} against"
    " {team_talk:share}:{team_listen:share}",
    "De bedste sælgere taler mindre: {top_talk:share}:{top_listen:share} mod"
    " {team_talk:share}:{team_listen:share}",
)
TALK_SAME = Text(
    "Top sellers talk about as much as the team: {top_talk:share}:{top_listen:share}",
    "De bedste sælgere taler omtrent lige så meget som teamet: {top_talk:share}:{top_listen:share}",
)
TALK_WHY = Text(
    "Who listens learns what the customer needs.", "Den, der lytter, får at vide, hvad kunden har brug for."
)
TALK_CHART = Text("Talk and listen", "Tale og lytning")
TALKS = Text("talks", "taler")
LISTENS = Text("listens", "lytter")
MOOD = Text("Customer sentiment by group", "Kundesynspunkt efter gruppe")
MOOD_IS = Text(
    "Percent of the customers' speaking time that is positive, neutral and negative.",
    "Procent af kundernes taletid, der er positiv, neutral og negativ.",
)
MOOD_CHART = Text("Customers' speaking time", "Kundernes taletid")
MOOD_BETTER = Text(
    "Customers of top sellers are more positive: {top_positive:percent} against {team_positive:percent}",
    "De bedste sælgeres kunder er mere positive: {top_positive:percent} mod {team_positive:percent}",
)
MOOD_WORSE = Text(
    "Customers of top sellers are less positive: {top_positive:percent} against {team_positive:percent}",
    "De bedste sælgeres kunder er mindre positive: {top_positive:percent} mod {team_positive:percent}",
)
MOOD_SAME = Text(
    "Customers of top sellers are about as positive as the team's: {top_positive:percent}",
    "De bedste sælgeres kunder er omtrent lige så positive som teamets: {top_positive:percent}",
)
MOOD_WHY = Text(
    "How customers feel in a call tells how the seller leads it.",
    "Kundens stemning i opkaldet viser, hvordan sælgeren fører det.",
)
SWITCHES = Text("Switch rate", "Skifterate")
SWITCHES_IS = Text("Changes of speaker per hour of call.", "Skift af taler pr. times opkald.")
SWITCHES_CHART = Text("Switches per hour", "Skift i timen")
SWITCHES_MORE = Text(
    "Conversations of top sellers switch more: {top_switches:whole} an hour against {team_switches:whole}",
    "De bedste sælgeres samtaler skifter mere: {top_switches:whole} i timen mod {team_switches:whole}",
)
SWITCHES_LESS = Text(
    "Conversations of top sellers switch less: {top_switches:whole} an hour against {team_switches:whole}",
    "De bedste sælgeres samtaler skifter mindre: {top_switches:whole} i timen mod {team_switches:whole}",
)
SWITCHES_SAME = Text(
    "Conversations of top sellers switch about as often as the team's: {top_switches:whole} an hour",
    "De bedste sælgeres samtaler skifter omtrent lige så ofte som teamets: {top_switches:whole} i timen",
)
SWITCHES_WHY = Text(
    "Many switches make a dialogue, few a monologue.", "Mange skift giver en dialog, få en monolog."
)
PER_HOUR = Text("switches per hour", "skift i timen")

ENGAGEMENT = Text("Customer engagement", "Kundeengagement")
ENGAGEMENT_IS = Text(
    "Hours of logged activities with a customer by kind, per seller of the group.",
    "Timer med loggede aktiviteter med kunder efter art, pr. sælger i gruppen.",
)
ENGAGEMENT_CHART = Text("Hours with customers per seller", "Timer med kunder pr. sælger")
ENGAGEMENT_MORE = Text(
    "Top sellers spend more time with customers: {top_total:decimal} hours each against {team_total:decimal}",
    "De bedste sælgere bruger mere tid med kunder: {top_total:decimal} timer hver mod {team_total:decimal}",
)
ENGAGEMENT_LESS = Text(
    "Top sellers spend less time with customers: {top_total:decimal} hours each against {team_total:decimal}",
    "De bedste sælgere bruger mindre tid med kunder: {top_total:decimal} timer hver mod {team_total:decimal}",
)
ENGAGEMENT_SAME = Text(
    "Top sellers spend about as much time with customers as the team: {top_total:decimal} hours each",
    "De bedste sælgere bruger omtrent lige så meget tid med kunder som teamet: {top_total:decimal} timer hver",
)
ENGAGEMENT_WHY = Text(
    "Time with customers is the part of selling that a team can plan.",
    "Tid med kunder er den del af salget, som et team kan planlægge.",
)
NO_ACTIVITIES = Text(
    "Waiting for activities with customers in this range", "Venter på aktiviteter med kunder i tidsrummet"
)
EMAIL = Text("e-mail", "e-mail")
PHONE = Text("phone", "telefon")
MEETING = Text("meetings", "møder")
KIND = Text("Kind", "Art")

PAGE = Text("Team overview", "Teamoversigt")
PAGE_IS = Text(
    "How the team talks with customers, seller by seller.",
    "Hvordan teamet taler med kunder, sælger for sælger.",
)
INSIGHTS = Text("Team insights", "Teamindsigter")
INSIGHTS_IS = Text(
    "The largest differences between a seller and the mean of the sellers in the range, in percent of that"
    " mean, from 5 % on."
    " Talking speed: words per own talk minute. A line opens the seller.",
    "De største forskelle mellem en sælger og sælgernes gennemsnit i tidsrummet, i procent af gennemsnittet,"
    " fra 5 %."
    " Taletempo: ord pr. eget taleminut. En linje åbner sælgeren.",
)
NO_INSIGHTS = Text("No seller differs by 5 % from the team", "Ingen sælger afviger 5 % fra teamet")
INSIGHT = Text("Insight", "Indsigt")
SENTIMENT_BY_SELLER = Text("Sentiment by seller", "Synspunkt efter sælger")
SENTIMENT_BY_SELLER_IS = Text(
    "Percent of the customers' speaking time that is positive, neutral and negative, the mean over the"
    " seller's calls.",
    "Procent af kundernes taletid, der er positiv, neutral og negativ, gennemsnit af sælgerens opkald.",
)

TALK_RATIO = Text("Talk ratio", "Taleandel")
SPEED = Text("Talking speed", "Taletempo")
SPEED_IS = Text(
    "Words per own talk minute, mean over the calls; dashed: the mean of the sellers with enough calls.",
    "Ord pr. eget taleminut, gennemsnit af opkaldene; stiplet: gennemsnittet af sælgerne med nok opkald.",
)
PAUSE = Text("Pause before speaking", "Pause før tale")
MONOLOGUE = Text("Longest customer monologue", "Længste kundemonolog")
SELLERS_TABLE = Text("Sellers", "Sælgere")
SELLERS_TABLE_IS = Text(
    "Each seller's calls, revenue and style in the range. Top: a top seller, by revenue above the mean or by"
    " the manager's"
    " star. A name opens the seller.",
    "Hver sælgers opkald, omsætning og stil i tidsrummet. Bedst: en af de bedste, efter omsætning over"
    " gennemsnittet eller"
    " lederens stjerne. Navnet åbner sælgeren.",
)
NO_SELLERS = Text("Waiting for the first seller", "Venter på den første sælger")
CALLS = Text("Calls", "Opkald")
REVENUE = Text("Actual revenue", "Faktisk omsætning")
TOP = Text("Top", "Bedst")
IS_TOP = Text("★ top seller", "★ bedste sælger")
NOT_TOP = Text("–", "–")

HISTORY = Text("Call history", "Opkaldshistorik")
HISTORY_IS = Text(
    "The latest 200 calls in the range. Minutes: length; talk ratio: the seller's share of the talk time. A"
    " title opens the"
    " call.",
    "De seneste 200 opkald i tidsrummet. Minutter: længde; taleandel: sælgerens andel af taletiden. Titlen"
    " åbner opkaldet.",
)
MINUTES = Text("Minutes", "Minutter")

HABITS = Text("Coaching: questions, interruptions, monologues", "Coaching: spørgsmål, afbrydelser, monologer")
HABITS_ARE = Text(
    "Mean over each seller's calls in the time range that are long enough (a minute, unless the setting"
    " says otherwise), under what is recommended: ✓ within it,"
    " ↓ below, ↑ above. A name opens the seller, whose last twelve weeks stand there.",
    "Gennemsnit af hver sælgers opkald i tidsrummet, der er lange nok (et minut, medmindre indstillingen"
    " siger andet), under det anbefalede: ✓ inden for, ↓ under,"
    " ↑ over. Navnet åbner sælgeren, hvor de seneste tolv uger står.",
)
RECOMMENDED = Text("Recommended", "Anbefalet")
NO_GOAL = Text("no goal", "intet mål")
INTERRUPTIONS = Text("Interruptions an hour", "Afbrydelser i timen")
INTERRUPTIONS_IS = Text(
    "How often the seller begins while the customer speaks, overlapping by half a second and more, divided by"
    " the hours of all calls together.",
    "Hvor ofte sælgeren begynder, mens kunden taler, med mindst et halvt sekunds overlap, delt med alle"
    " opkalds timer tilsammen.",
)
QUESTIONS = Text("Questions an hour", "Spørgsmål i timen")
QUESTIONS_IS = Text(
    "Questions that the seller asks in calls with consent, divided by the hours of those calls together.",
    "Spørgsmål, som sælgeren stiller i opkald med samtykke, delt med disse opkalds timer tilsammen.",
)
ENGAGING = Text("Engaging questions", "Åbne spørgsmål")
ENGAGING_IS = Text(
    "Open questions (who, what, why, how), which invite the customer to talk, of all questions of the seller.",
    "Åbne spørgsmål (hvem, hvad, hvorfor, hvordan), som får kunden til at fortælle, af alle sælgerens spørgsmål.",
)
OWN_MONOLOGUE = Text("Longest seller monologue", "Længste sælgermonolog")
OWN_MONOLOGUE_IS = Text(
    "Seconds of the seller's longest run without a switch, pauses up to 2 s included, mean over the calls.",
    "Sekunder i sælgerens længste sammenhængende tale, pauser op til 2 s medregnet, gennemsnit af opkaldene.",
)
BY_WEEK = Text(
    " Week by week over the last twelve weeks, of calls that are long enough (a minute, unless the setting"
    " says otherwise); not governed by the time filter.",
    " Uge for uge over de seneste tolv uger, af opkald, der er lange nok (et minut, medmindre indstillingen"
    " siger andet); tidsfilteret gælder ikke her.",
)
OWN_TALK_RATIO_IS = Text(
    "The seller's share of the talk time, in percent, mean over the calls.",
    "Sælgerens andel af taletiden i procent, gennemsnit af opkaldene.",
)
SOURCE = Text(" Recommended: ", " Anbefalet: ")
UNLESS = Text(", unless the setting goals says otherwise.", ", medmindre indstillingen goals siger andet.")
NO_SOURCE = Text(
    " No range is recommended, unless the setting goals gives one.",
    " Der er intet anbefalet interval, medmindre indstillingen goals giver et.",
)
OWN = Text("this seller", "sælgeren")
GOAL_LOW = Text("recommended from", "anbefalet fra")
GOAL_HIGH = Text("recommended to", "anbefalet til")


class MetricTexts(NamedTuple):
    """What a metric of sellers' style is called, what it is, and what is said of who has more and less of it."""

    title: Text
    definition: Text
    more: Text
    less: Text


METRICS: Mapping[str, MetricTexts] = {
    "talk_ratio": MetricTexts(
        title=TALK_RATIO,
        definition=Text(
            "Seller's share of the talk time, in percent, mean over the calls; dashed: the mean of"
            " the sellers with enough"
            " calls.",
            "Sælgerens andel af taletiden i procent, gennemsnit af opkaldene; stiplet: gennemsnittet"
            " af sælgerne med nok"
            " opkald.",
        ),
        more=Text(
            "{name} talks {by:percent} more than the team average",
            "{name} taler {by:percent} mere end teamets gennemsnit",
        ),
        less=Text(
            "{name} talks {by:percent} less than the team average",
            "{name} taler {by:percent} mindre end teamets gennemsnit",
        ),
    ),
    "words_per_minute": MetricTexts(
        title=SPEED,
        definition=SPEED_IS,
        more=Text(
            "{name} speaks {by:percent} faster than the team average",
            "{name} taler {by:percent} hurtigere end teamets gennemsnit",
        ),
        less=Text(
            "{name} speaks {by:percent} slower than the team average",
            "{name} taler {by:percent} langsommere end teamets gennemsnit",
        ),
    ),
    "filler_words_per_minute": MetricTexts(
        title=Text("Filler words per minute", "Fyldord pr. minut"),
        definition=Text(
            "Um, you know and the like per own talk minute, mean over the calls; dashed: the mean of"
            " the sellers with enough"
            " calls. Unknown for calls that are neither Danish nor English.",
            "Øh, altså og lignende pr. eget taleminut, gennemsnit af opkaldene; stiplet:"
            " gennemsnittet af sælgerne med nok"
            " opkald. Ukendt for opkald, der hverken er på dansk eller engelsk.",
        ),
        more=Text(
            "{name} says {by:percent} more filler words than the team average",
            "{name} siger {by:percent} flere fyldord end teamets gennemsnit",
        ),
        less=Text(
            "{name} says {by:percent} fewer filler words than the team average",
            "{name} siger {by:percent} færre fyldord end teamets gennemsnit",
        ),
    ),
    "switches_per_hour": MetricTexts(
        title=SWITCHES,
        definition=Text(
            "Changes of speaker per hour of call, mean over the calls; dashed: the mean of the"
            " sellers with enough calls.",
            "Skift af taler pr. times opkald, gennemsnit af opkaldene; stiplet: gennemsnittet af"
            " sælgerne med nok opkald.",
        ),
        more=Text(
            "{name}'s conversations switch {by:percent} more than the team average",
            "{name}s samtaler skifter {by:percent} mere end teamets gennemsnit",
        ),
        less=Text(
            "{name}'s conversations switch {by:percent} less than the team average",
            "{name}s samtaler skifter {by:percent} mindre end teamets gennemsnit",
        ),
    ),
    "pause_before_speaking_ms": MetricTexts(
        title=PAUSE,
        definition=Text(
            "Seconds between the customer's last word and the seller's first, mean over the calls; dashed: the"
            " mean of the sellers with enough calls.",
            "Sekunder mellem kundens sidste ord og sælgerens første, gennemsnit af opkaldene; stiplet:"
            " gennemsnittet"
            " af sælgerne med nok opkald.",
        ),
        more=Text(
            "{name} waits {by:percent} longer before speaking than the team average",
            "{name} holder {by:percent} længere pause før tale end teamets gennemsnit",
        ),
        less=Text(
            "{name} waits {by:percent} shorter before speaking than the team average",
            "{name} holder {by:percent} kortere pause før tale end teamets gennemsnit",
        ),
    ),
    "longest_monologue_customer_ms": MetricTexts(
        title=MONOLOGUE,
        definition=Text(
            "Seconds of the customer's longest run without a switch, pauses up to 2 s included, mean over"
            " the calls;"
            " dashed: the"
            " mean of the sellers with enough calls.",
            "Sekunder i kundens længste sammenhængende tale, pauser op til 2 s medregnet, gennemsnit af opkaldene;"
            " stiplet:"
            " gennemsnittet af sælgerne med nok opkald.",
        ),
        more=Text(
            "Customers of {name} speak {by:percent} longer at a stretch than the team average",
            "{name}s kunder taler {by:percent} længere ad gangen end teamets gennemsnit",
        ),
        less=Text(
            "Customers of {name} speak {by:percent} shorter at a stretch than the team average",
            "{name}s kunder taler {by:percent} kortere ad gangen end teamets gennemsnit",
        ),
    ),
    "negative_share": MetricTexts(
        title=MOOD,
        definition=MOOD_IS,
        more=Text(
            "Customers of {name} are {by:percent} more negative than the team average",
            "{name}s kunder er {by:percent} mere negative end teamets gennemsnit",
        ),
        less=Text(
            "Customers of {name} are {by:percent} less negative than the team average",
            "{name}s kunder er {by:percent} mindre negative end teamets gennemsnit",
        ),
    ),
}
"""By the metric's name in `clickhouse/schema/metrics.py`."""
