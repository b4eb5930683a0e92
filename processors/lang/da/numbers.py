"""Danish numbers as they are said."""

from typing import Final

from processors.lang.schema import Numerals

# fmt: off
NUMERALS: Final = Numerals(
    small=("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve",
           "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"),
    tens=("tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems"),
    hundred="hundrede", thousand="tusind", conjunction="og", ones_first=True,
)
# fmt: on
