"""Danish words that stand before a colon without being somebody's name: "My advice: buy it now." """

from typing import Final

from processors.lang import word_set

HEADINGS: Final = word_set(
    """
    spørgsmål svar eksempel vigtigt advarsel råd opsummering konklusion pointe problem løsning resultat dagsorden
    først for og men så altså ja nej husk se vent undskyld hej tak fordi næste pris dato tid emne mål bemærk obs
    """
)
"""What announces what follows; no name has one as a word of its own."""

NEVER_FIRST: Final = word_set(
    """
    jeg min mit mine din dit dine vores deres det den denne dette disse er var vi du de han hun at i på med hvis
    hvad hvordan hvorfor hvornår hvor hvem om ville kunne skulle kan vil har havde ikke bare her der
    """
)
"""With which no name begins."""
