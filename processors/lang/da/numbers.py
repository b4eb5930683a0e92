"""Danish numbers as they are said."""

from typing import Final

from processors.lang import word_set
from processors.lang.schema import Numerals

# fmt: off
NUMERALS: Final = Numerals(
    small=("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve",
           "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"),
    tens=("tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems"),
    hundred="hundrede", thousand="tusind", conjunction="og", ones_first=True,
)

# Danes say a phone number in pairs: "tolv fireogtredive seksoghalvtreds otteoghalvfjerds".
DIGIT_WORDS: Final = {
    "nul": "0", "en": "1", "et": "1", "to": "2", "tre": "3", "fire": "4", "fem": "5", "seks": "6", "syv": "7",
    "otte": "8", "ni": "9", "ti": "10", "elleve": "11", "tolv": "12", "tretten": "13", "fjorten": "14", "femten": "15",
    "seksten": "16", "sytten": "17", "atten": "18", "nitten": "19", "tyve": "20", "tredive": "30",
    "fyrre": "40", "halvtreds": "50", "tres": "60", "halvfjerds": "70", "firs": "80", "halvfems": "90",
}
# fmt: on
DIGIT_WORDS.update(
    (f"{one}og{tens}", f"{DIGIT_WORDS[tens][0]}{DIGIT_WORDS[one]}")
    for tens in NUMERALS.tens
    for one in ("en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
)

AMBIGUOUS_DIGIT_WORDS: Final = word_set("to en et ni fire ti")
"""Everyday words too: they alone do not make a text worth a closer look."""
