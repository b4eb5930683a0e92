"""Texts of the search over all calls."""

from __future__ import annotations

from grafana.i18n import Text

PAGE = Text("Search", "Søgning")
PAGE_IS = Text(
    "Sentences of all calls, with what was said around them.",
    "Sætninger fra alle opkald, med det der blev sagt omkring dem.",
)
WORDS = Text("Words", "Ord")
CUSTOMER = Text("Customer", "Kunde")
MINUTES = Text("At least minutes", "Mindst minutter")
NO_MINUTES = Text(
    "Write the minutes as a number, as 5 or 2.5; calls of any length are shown",
    "Skriv minutterne som et tal, fx 5 eller 2,5; opkald af enhver længde vises",
)
SPEAKER = Text("Said by", "Sagt af")
SENTIMENT = Text("Sentiment", "Synspunkt")
TRACKER = Text("Keyword", "Nøgleord")
SELLER_SIDE = Text("seller", "sælger")
CUSTOMER_SIDE = Text("customer", "kunde")
HEADLINE = Text(
    "{hits:whole} {hits?sentence:sentences} in {found_calls:whole} {found_calls?call:calls}",
    "{hits:whole} {hits?sætning:sætninger} i {found_calls:whole} opkald",
)
HEADLINE_MANY = Text(
    "The newest 200 sentences of more; narrow the search",
    "De nyeste 200 sætninger af flere; gør søgningen snævrere",
)
HEADLINE_IS = Text(
    "Sentences that hold all words of the search, in the chosen range, newest first. A word is found in"
    " any form: with"
    " another ending of up to five letters. Words between double quotes are found as they were said. A"
    " filter that is"
    " left open asks for anything.",
    "Sætninger med alle søgningens ord i det valgte tidsrum, nyeste først. Et ord findes i alle former:"
    " med en anden"
    " endelse på op til fem bogstaver. Ord i dobbelte anførselstegn findes, som de blev sagt. Et filter,"
    " der står åbent,"
    " tager alt med.",
)
HITS = Text("Sentences", "Sætninger")
HITS_IS = Text(
    "Each sentence with the one before and the one after it in its call; a click opens the call at these words.",
    "Hver sætning med den før og den efter i opkaldet; et klik åbner opkaldet ved ordene.",
)
NONE = Text("No sentence holds all that is asked for", "Ingen sætning opfylder det hele")
BEFORE = Text("Before", "Før")
SAID = Text("Said", "Sagt")
AFTER = Text("After", "Efter")
AT = Text("At", "Ved")
OPEN = Text("Open the call at these words", "Åbn opkaldet ved ordene")
