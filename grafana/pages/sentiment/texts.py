"""Texts about customer sentiment."""

from __future__ import annotations

from grafana.i18n import Text

SENTIMENT = Text("Customer sentiment", "Kundesynspunkt")
SENTIMENT_IS = Text(
    "How many calls have more negative customer sentiment than average: their negative share of the"
    " customer's speaking time"
    " is above the mean negative share of the calls in the time range. Count of calls, and percent of the"
    " analysed calls.",
    "Hvor mange opkald der har et mere negativt kundesynspunkt end gennemsnittet: den negative del af kundens"
    " taletid er over den"
    " gennemsnitlige negative del i tidsrummets opkald. Antal opkald og procent af de analyserede opkald.",
)
SENTIMENT_HEADLINE = Text(
    "{more:whole} of {calls:whole} calls ({more_share:percent}) {more?has:have} more negative customer"
    " sentiment than average",
    "{more:whole} af {calls:whole} opkald ({more_share:percent}) har et mere negativt kundesynspunkt end"
    " gennemsnittet",
)
SENTIMENT_WHY = Text(
    "An unhappy customer who is heard the same day can still be kept.",
    "En utilfreds kunde, der bliver hørt samme dag, kan stadig fastholdes.",
)
DONUT = Text("Calls by sentiment", "Opkald efter synspunkt")
DONUT_IS = Text(
    "Count of analysed calls by their label: the class of the time-weighted mean compound of the customer's"
    " segments, from"
    " 0.05 positive, from -0.05 down negative, else neutral. All analysed calls together are its total.",
    "Antal analyserede opkald efter klasse: klassen af det tidsvægtede gennemsnit af kundens udsagn, fra"
    " 0,05 positiv, fra"
    " -0,05 og ned negativ, ellers neutral. Alle analyserede opkald er tilsammen dens total.",
)
FLAGGED_DONUT = Text("The flagged calls", "De markerede opkald")
FLAGGED_DONUT_IS = Text(
    "As beside, of the calls only whose negative share is above the mean negative share of the calls in the"
    " time range.",
    "Som ved siden af, men kun opkald, hvis negative del er over den gennemsnitlige negative del i"
    " tidsrummet.",
)
OVER_TIME = Text("Sentiment over time", "Synspunkt over tid")
OVER_TIME_IS = Text(
    "Percent of the analysed calls that are positive, neutral and negative, by the hour, day, week or month"
    " in which they"
    " began, as the range is long.",
    "Procent af de analyserede opkald, der er positive, neutrale og negative, efter time, dag, uge eller"
    " måned for opkaldets"
    " start, alt efter tidsrummets længde.",
)
CONTRIBUTING = Text(
    "Calls with more negative sentiment than average",
    "Opkald med et mere negativt synspunkt end gennemsnittet",
)
CONTRIBUTING_IS = Text(
    "The calls whose negative share is above the mean negative share in the range, the most negative first,"
    " at most 200."
    " Positive, neutral, negative: percent of the customer's speaking time. A title opens the call.",
    "Opkaldene, hvis negative del er over gennemsnittet i tidsrummet, de mest negative først, højst 200."
    " Positiv, neutral,"
    " negativ: procent af kundens taletid. Titlen åbner opkaldet.",
)
NO_FLAGGED = Text("No call is more negative than average", "Intet opkald er mere negativt end gennemsnittet")
