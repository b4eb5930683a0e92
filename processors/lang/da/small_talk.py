"""Danish small talk: what everybody says in every call, and what therefore tells nothing about a seller."""

from typing import Final

from processors.lang import word_set

SMALL_TALK: Final = word_set(
    """
    ja jo nej nå nåh næ jamen altså øh øhm hej hallo goddag godmorgen farvel tak undskyld selvfølgelig
    ligesom egentlig faktisk måske nok bare lige sådan ting noget fint godt super perfekt fedt dejligt
    præcis præcist netop klart sige siger tror synes mener tænker ved vil kan skal gerne lidt meget dag
    morgen
    """
)
