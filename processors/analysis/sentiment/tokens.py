"""What both languages' sentiment makes of the words of a sentence, and expressions of several words as one."""

from typing import Final

from processors.analysis.sentiment.phrases import WIDEST_GAP, Entry, Starts, State

_PHRASE_REACH: Final = 5
"""Words over which a phrase negates: "I can't say that I am impressed"."""
_TURNED_AGAIN: Final = frozenset({"without", "uden"})
"""Negations that another one turns: "not without problems"."""
_UNWRITTEN: Final = str.maketrans("", "", "'’‘`´-‑")


class Token:
    """A word, or a phrase as one word, and what the rules ask of it that does not depend on its neighbours."""

    text: str
    lower: str
    key: str
    """What phrases are made of: lower case without apostrophes and hyphens, which speech-to-text may leave out."""
    valence: float | None
    """None for what is in no lexicon."""
    phrases: Starts | None
    """The phrases that begin with it."""
    booster: float
    negates: bool
    removes: bool
    in_idiom: bool
    """One of the words that idioms and boosters of several words are made of (English)."""
    capitals: bool
    is_emoji: bool
    """It has emoji, which the rules know in words (English)."""
    is_but: bool
    closes: bool
    """Punctuation follows: what comes next belongs to another clause."""
    ends: bool
    """It ends a sentence."""
    is_phrase: bool
    says_no: bool
    """A phrase that begins with a negation of its own: "no answer" is as bad behind "no refund and"."""
    why: str
    """What the sales lexicon says of it."""

    __slots__ = (
        "booster", "capitals", "closes", "ends", "in_idiom", "is_but", "is_emoji", "is_phrase", "key", "lower",
        "negates", "phrases", "removes", "says_no", "text", "valence", "why",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        lower: str,
        key: str,
        valence: float | None,
        phrases: Starts | None = None,
        booster: float = 0.0,
        negates: bool = False,
        removes: bool = False,
        in_idiom: bool = False,
        capitals: bool = False,
        is_emoji: bool = False,
        is_but: bool = False,
        closes: bool = False,
        ends: bool = False,
        is_phrase: bool = False,
        says_no: bool = False,
        why: str = "",
    ) -> None:
        self.text = text
        self.lower = lower
        self.key = key
        self.valence = valence
        self.phrases = phrases
        self.booster = booster
        self.negates = negates
        self.removes = removes
        self.in_idiom = in_idiom
        self.capitals = capitals
        self.is_emoji = is_emoji
        self.is_but = is_but
        self.closes = closes
        self.ends = ends
        self.is_phrase = is_phrase
        self.says_no = says_no
        self.why = why


def key_of(word: str) -> str:
    """A lower-case word as phrases have it."""
    return word if word.isalnum() else word.translate(_UNWRITTEN)


def join_phrases(tokens: list[Token]) -> list[Token]:
    """The tokens with each phrase among them as one; the first phrase wins, of those that begin with it the longest."""
    joined: list[Token] = []
    copied = 0
    last = len(tokens) - 1
    for i, phrases in [(i, token.phrases) for i, token in enumerate(tokens) if token.phrases is not None]:
        if i < copied or i == last or tokens[i].ends:
            continue
        entry, end = _longest(tokens, i, phrases)
        if entry is not None:
            joined += tokens[copied:i]
            joined.append(_as_one(tokens[i:end], entry))
            copied = end
    return joined + tokens[copied:] if copied else tokens


def _longest(tokens: list[Token], first: int, phrases: Starts) -> tuple[Entry | None, int]:
    """The longest phrase that begins with the token numbered `first`, and the place behind it."""
    found: tuple[Entry | None, int] = (None, first)
    for state in phrases.behind.get(tokens[first + 1].key, ()):
        found = _better(found, _furthest(tokens, first + 2, state))
    if phrases.behind_gap or phrases.before_two_gaps:
        for place in range(first + 1, min(first + WIDEST_GAP + 2, len(tokens))):
            if tokens[place - 1].ends:
                break
            for state in phrases.behind_gap.get(tokens[place].key, ()):
                found = _better(found, _furthest(tokens, place + 1, state))
            for state in phrases.before_two_gaps:
                found = _better(found, _behind_gap(tokens, place, state))
    return found


def _furthest(tokens: list[Token], at: int, state: State) -> tuple[Entry | None, int]:
    """The longest phrase that is said up to before `at` so far, and the place behind it."""
    found: tuple[Entry | None, int] = (state.entry, at)
    if at >= len(tokens) or tokens[at - 1].ends:
        return found
    for beyond in state.following.get(tokens[at].key, ()):
        found = _better(found, _furthest(tokens, at + 1, beyond))
    return _better(found, _behind_gap(tokens, at, state)) if state.gaps else found


def _behind_gap(tokens: list[Token], at: int, state: State) -> tuple[Entry | None, int]:
    """The longest phrase that goes on behind a gap that begins at `at`, and the place behind it."""
    found: tuple[Entry | None, int] = (None, at)
    for place in range(at, min(at + WIDEST_GAP + 1, len(tokens))):
        if tokens[place - 1].ends:
            break
        for beyond in state.gaps:
            found = _better(found, _furthest(tokens, place, beyond))
    return found


def _better(one: tuple[Entry | None, int], other: tuple[Entry | None, int]) -> tuple[Entry | None, int]:
    """The longer phrase, of equally long ones the one of the later line."""
    if other[0] is None:
        return one
    if one[0] is None or other[1] > one[1] or (other[1] == one[1] and other[0].order >= one[0].order):
        return other
    return one


def _as_one(tokens: list[Token], entry: Entry) -> Token:
    text = " ".join([token.text for token in tokens])
    lower = text.lower()
    return Token(
        text=text,
        lower=lower,
        key=lower,
        valence=entry.valence or None,
        negates=entry.negates,
        closes=tokens[-1].closes,
        ends=tokens[-1].ends,
        is_phrase=True,
        says_no=tokens[0].negates and tokens[0].lower not in _TURNED_AGAIN,
        why=entry.why,
    )


def has_phrase(tokens: list[Token]) -> bool:
    """Whether a phrase that has a valence is among the tokens."""
    last = len(tokens) - 1
    for i, phrases in [(i, token.phrases) for i, token in enumerate(tokens) if token.phrases is not None]:
        if i < last and (tokens[i + 1].key in phrases.feeling or phrases.feels_behind_gap):
            entry, _ = _longest(tokens, i, phrases)
            if entry is not None and entry.valence:
                return True
    return False


def is_negated_from_afar(tokens: list[Token], i: int, window: int) -> bool:
    """Whether a phrase that negates stands before the token at `i`, out of reach of single words but in its clause."""
    for distance in range(1, min(i, _PHRASE_REACH) + 1):
        before = tokens[i - distance]
        if before.is_but or before.ends:
            return False
        if before.is_phrase and before.negates:
            return distance > window
    return False
