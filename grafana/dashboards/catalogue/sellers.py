"""Messages about sellers: top sellers, the team, one seller."""

from __future__ import annotations

from grafana.i18n import Text

SECTION = Text("What characterizes top sellers?", "Hvad kendetegner de bedste sælgere?")
TOP_SELLERS = Text("Top sellers", "De bedste sælgere")
TEAM_AVERAGE = Text("Team average", "Teamets gennemsnit")

WHO_IS_TOP = Text(
    " Top sellers: those whose actual revenue in the range is above the mean per seller, or those the"
    " manager starred. Team"
    " average: all sellers. A group's figure is the mean of its sellers' means, a seller's the mean over his"
    " calls.",
    " De bedste sælgere: dem, hvis faktiske omsætning i tidsrummet er over gennemsnittet pr. sælger, eller"
    " dem, chefen har"
    " markeret. Teamets gennemsnit: alle sælgere. En gruppes tal er gennemsnittet af dens sælgeres"
    " gennemsnit, en sælgers af"
    " hans opkald.",
)
NO_TOP = Text(
    "Waiting for calls and won deals to compare sellers by",
    "Venter på opkald og vundne handler at sammenligne sælgere efter",
)
NO_CALLS = Text("No call in this range", "Intet opkald i tidsrummet")

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
    "Top sellers talk as much as the team: {top_talk:share}:{top_listen:share}",
    "De bedste sælgere taler lige så meget som teamet: {top_talk:share}:{top_listen:share}",
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
    "Customers of top sellers are as positive as the team's: {top_positive:percent}",
    "De bedste sælgeres kunder er lige så positive som teamets: {top_positive:percent}",
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
    "Conversations of top sellers switch as often as the team's: {top_switches:whole} an hour",
    "De bedste sælgeres samtaler skifter lige så ofte som teamets: {top_switches:whole} i timen",
)
SWITCHES_WHY = Text(
    "Many switches make a dialogue, few a monologue.", "Mange skift giver en dialog, få en monolog."
)
PER_HOUR = Text("switches per hour", "skift i timen")

WORDS = Text("Best-practice keywords", "Nøgleord for bedste praksis")
WORDS_IS = Text(
    "Words and two-word terms, in their base form, that top sellers use more than the other sellers, ranked"
    " by lift: their rate"
    " per 1,000 words / the others' rate (the others' count taken as at least 1). Used at least 5 times, by"
    " at least 2 top"
    " sellers.",
    "Ord og udtryk på to ord, i grundform, som de bedste sælgere bruger mere end de andre, efter løft: deres"
    " hyppighed pr. 1.000"
    " ord / de andres (de andres antal regnet som mindst 1). Brugt mindst 5 gange, af mindst 2 af de bedste.",
)
WORDS_CHART = Text("Words by lift", "Ord efter løft")
WORDS_HEADLINE = Text("Top sellers say more often: {listing}", "De bedste sælgere siger oftere: {listing}")
WORDS_WHY = Text(
    "Words that go with won deals can be taught.", "Ord, der følger med vundne handler, kan læres."
)
NO_WORDS = Text(
    "No word is used clearly more by top sellers in this range",
    "Intet ord bruges tydeligt mere af de bedste sælgere i tidsrummet",
)
WORDS_BUBBLES_IS = Text(
    "Size: uses by top sellers. Colour: lift, the darker the more.",
    "Størrelse: brug. Farve: løft, jo mørkere jo mere.",
)
WORD = Text("Word", "Ord")
USES = Text("Uses", "Brug")
LIFT = Text("Lift", "Løft")
TOP_RATE = Text("Top sellers per 1,000 words", "De bedste pr. 1.000 ord")
OTHER_RATE = Text("Others per 1,000 words", "Andre pr. 1.000 ord")
USERS = Text("Top sellers who use it", "Bedste sælgere, der bruger det")

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
    "Top sellers spend as much time with customers as the team: {top_total:decimal} hours each",
    "De bedste sælgere bruger lige så meget tid med kunder som teamet: {top_total:decimal} timer hver",
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
HOURS = Text("hours", "timer")

TEAM_PAGE = Text("Team overview", "Teamoversigt")
TEAM_PAGE_IS = Text(
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
MORE_TALK = Text(
    "{name} talks {by:percent} more than the team average",
    "{name} taler {by:percent} mere end teamets gennemsnit",
)
LESS_TALK = Text(
    "{name} talks {by:percent} less than the team average",
    "{name} taler {by:percent} mindre end teamets gennemsnit",
)
FASTER = Text(
    "{name} speaks {by:percent} faster than the team average",
    "{name} taler {by:percent} hurtigere end teamets gennemsnit",
)
SLOWER = Text(
    "{name} speaks {by:percent} slower than the team average",
    "{name} taler {by:percent} langsommere end teamets gennemsnit",
)
MORE_SWITCHES = Text(
    "{name}'s conversations switch {by:percent} more than the team average",
    "{name}s samtaler skifter {by:percent} mere end teamets gennemsnit",
)
LESS_SWITCHES = Text(
    "{name}'s conversations switch {by:percent} less than the team average",
    "{name}s samtaler skifter {by:percent} mindre end teamets gennemsnit",
)
LONGER_PAUSE = Text(
    "{name} waits {by:percent} longer before speaking than the team average",
    "{name} holder {by:percent} længere pause før tale end teamets gennemsnit",
)
SHORTER_PAUSE = Text(
    "{name} waits {by:percent} shorter before speaking than the team average",
    "{name} holder {by:percent} kortere pause før tale end teamets gennemsnit",
)
LONGER_MONOLOGUE = Text(
    "Customers of {name} speak {by:percent} longer at a stretch than the team average",
    "{name}s kunder taler {by:percent} længere ad gangen end teamets gennemsnit",
)
SHORTER_MONOLOGUE = Text(
    "Customers of {name} speak {by:percent} shorter at a stretch than the team average",
    "{name}s kunder taler {by:percent} kortere ad gangen end teamets gennemsnit",
)
MORE_NEGATIVE = Text(
    "Customers of {name} are {by:percent} more negative than the team average",
    "{name}s kunder er {by:percent} mere negative end teamets gennemsnit",
)
LESS_NEGATIVE = Text(
    "Customers of {name} are {by:percent} less negative than the team average",
    "{name}s kunder er {by:percent} mindre negative end teamets gennemsnit",
)

SENTIMENT_BY_SELLER = Text("Sentiment by seller", "Synspunkt efter sælger")
SENTIMENT_BY_SELLER_IS = Text(
    "Percent of the customers' speaking time that is positive, neutral and negative, the mean over the"
    " seller's calls.",
    "Procent af kundernes taletid, der er positiv, neutral og negativ, gennemsnit af sælgerens opkald.",
)
STYLE = Text("Conversation style", "Samtalestil")
TALK_RATIO = Text("Talk ratio", "Taleandel")
TALK_RATIO_IS = Text(
    "Seller's share of the talk time, in percent, mean over the calls; outlined: the mean of the sellers.",
    "Sælgerens andel af taletiden i procent, gennemsnit af opkaldene; omridset: sælgernes gennemsnit.",
)
SPEED = Text("Talking speed", "Taletempo")
SPEED_IS = Text(
    "Words per own talk minute, mean over the calls; outlined: the mean of the sellers.",
    "Ord pr. eget taleminut, gennemsnit af opkaldene; omridset: sælgernes gennemsnit.",
)
SWITCHES_BY_SELLER_IS = Text(
    "Changes of speaker per hour of call, mean over the calls; outlined: the mean of the sellers.",
    "Skift af taler pr. times opkald, gennemsnit af opkaldene; omridset: sælgernes gennemsnit.",
)
PAUSE = Text("Pause before speaking", "Pause før tale")
PAUSE_IS = Text(
    "Seconds between the customer's last word and the seller's first, mean over the calls; outlined: the"
    " mean of the sellers.",
    "Sekunder mellem kundens sidste ord og sælgerens første, gennemsnit af opkaldene; omridset: sælgernes"
    " gennemsnit.",
)
MONOLOGUE = Text("Longest customer monologue", "Længste kundemonolog")
MONOLOGUE_IS = Text(
    "Seconds of the customer's longest run without a switch, pauses up to 2 s included, mean over the calls;"
    " outlined: the"
    " mean of the sellers.",
    "Sekunder i kundens længste sammenhængende tale, pauser op til 2 s medregnet, gennemsnit af opkaldene;"
    " omridset:"
    " sælgernes gennemsnit.",
)
SELLERS_TABLE = Text("Sellers", "Sælgere")
SELLERS_TABLE_IS = Text(
    "Each seller's calls, revenue and style in the range. Top: a top seller, by revenue above the mean or by"
    " the manager's"
    " star. A name opens the seller.",
    "Hver sælgers opkald, omsætning og stil i tidsrummet. Bedst: en af de bedste, efter omsætning over"
    " gennemsnittet eller"
    " chefens stjerne. Navnet åbner sælgeren.",
)
NO_SELLERS = Text("Waiting for the first seller", "Venter på den første sælger")
SELLER = Text("Seller", "Sælger")
TEAM = Text("Team", "Team")
CALLS = Text("Calls", "Opkald")
REVENUE = Text("Actual revenue", "Faktisk omsætning")
TOP = Text("Top", "Bedst")
IS_TOP = Text("★ top seller", "★ bedste sælger")
NOT_TOP = Text("–", "–")
OPEN_SELLER = Text("Open the seller", "Åbn sælgeren")

SELLER_PAGE = Text("Seller details", "Sælgerdetaljer")
SELLER_PAGE_IS = Text(
    "One seller against the team: choose the seller above.", "En sælger mod teamet: vælg sælgeren ovenfor."
)
AGAINST_TEAM = Text("team {team_value}", "team {team_value}")
CALLS_IS = Text(
    "Calls that the chosen sellers began in the range; beside it the mean per seller of the team.",
    "Opkald, som de valgte sælgere begyndte i tidsrummet; ved siden af gennemsnittet pr. sælger i teamet.",
)
REVENUE_IS = Text(
    "Actual revenue of the deals that the chosen sellers won in the range; beside it the mean per seller of"
    " the team.",
    "Faktisk omsætning af de handler, de valgte sælgere vandt i tidsrummet; ved siden af gennemsnittet pr."
    " sælger i teamet.",
)
STYLE_AGAINST_TEAM = Text(
    " Mean over the chosen sellers; beside it the mean of the team's sellers.",
    " Gennemsnit af de valgte sælgere; ved siden af gennemsnittet af teamets sælgere.",
)
POSITIVE_SHARE = Text("Positive customers", "Positive kunder")
POSITIVE_SHARE_IS = Text(
    "Positive share of the customers' speaking time, in percent.",
    "Positiv andel af kundernes taletid i procent.",
)
SELLER_INSIGHTS = Text("Insights", "Indsigter")
PER_CALL = Text("Sentiment per call", "Synspunkt pr. opkald")
PER_CALL_IS = Text(
    "Mean compound of the customer in each of the latest 100 calls, from -1 to 1; from 0.05 on positive,"
    " from -0.05 down"
    " negative.",
    "Kundens gennemsnitlige værdi i hvert af de seneste 100 opkald, fra -1 til 1; fra 0,05 positiv, fra"
    " -0,05 og ned negativ.",
)
COMPOUND = Text("compound", "værdi")
HISTORY = Text("Call history", "Opkaldshistorik")
HISTORY_IS = Text(
    "The latest 200 calls in the range. Minutes: length; talk ratio: the seller's share of the talk time. A"
    " title opens the"
    " call.",
    "De seneste 200 opkald i tidsrummet. Minutter: længde; taleandel: sælgerens andel af taletiden. Titlen"
    " åbner opkaldet.",
)
MINUTES = Text("Minutes", "Minutter")
