"""Word lists that the analyses share, written for this project: everyday words, first names, places, brands."""


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is laid out as running text."""
    return frozenset(text.split())
