"""Data of the analyses: a folder for each language with the same files, and names that do not depend on a language.

Written for this project. Nothing here decides anything: the rules that use the data stand in `processors.analysis` and
`processors.text`, and `processors.lang.schema` says what each language gives them.
"""

from itertools import product


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is laid out as running text."""
    return frozenset(text.split())


def word_row(text: str) -> tuple[str, ...]:
    """The words of a list whose order counts."""
    return tuple(text.split())


def alternation(text: str) -> str:
    """The words of a list as alternatives of a regular expression."""
    return "|".join(text.split())


def pairs(firsts: str, seconds: str, thirds: str = "") -> dict[tuple[str, str], frozenset[str]]:
    """Each of `firsts` with each of `seconds`, and the words that may follow (none: any)."""
    return dict.fromkeys(product(firsts.split(), seconds.split()), word_set(thirds))
