"""English abbreviations that are written with a full stop."""

from typing import Final

from processors.lang import word_set

NEVER_FINAL: Final = word_set(
    """
    mr mrs ms dr prof st gen sgt capt lt col rev hon approx fig vs e.g i.e
    """
)
"""Titles, references and connectives: something always follows, so their full stop ends nothing."""

SOMETIMES_FINAL: Final = word_set(
    """
    etc inc ltd corp co jr sr a.m p.m u.s u.k ph.d hrs sek min max
    """
)
"""These may close a sentence: they do when a capital letter follows."""
