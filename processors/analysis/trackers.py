"""Finds what the manager tracks, keywords and competitors, in spoken text: the surface form and its place.

A tracker is found as whole words whatever their case: in inflected forms (Snowball stems, Danish and
English), in Danish compounds ("3D-printersalget"), written together, apart or with hyphens ("SharePoint",
"share point"), and with its number said as words ("contoso three sixty").

Overlaps: among trackers of one kind the leftmost, then longest match wins, so that "Contoso CRM" does not
count for "Contoso" as well. Two trackers that claim the very same words both get the mention: neither is more
specific, and the manager asked for both. Keywords and competitors do not see each other: they are counted in
separate insights.

Pure and deterministic.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, cycle, product
from typing import Final, Literal, NamedTuple

from Stemmer import Stemmer

from processors.analysis.names.as_name import is_common_word, said_as_name
from processors.text.chunks import Chunk, Look, chunks, parts
from processors.text.numerals import readings
from processors.text.sentences import WORDS, words

# A compound needs this many letters of the tracker and of the rest: shorter ones are mostly other words
# ("bil" in "billig").
MIN_COMPOUND_PART: Final = 4

MAX_JOINED_ATOMS: Final = 6
MAX_WORD_LENGTH: Final = 64  # letters; a longer run of them is no word, and has no forms

_SNOWBALL_DANISH: Final = Stemmer("danish").stemWord
_SNOWBALL_ENGLISH: Final = Stemmer("english").stemWord
# Accents that speech-to-text may leave out ("Citroën", "Nestlé"). Danish letters are letters of their own.
_FOLD: Final = str.maketrans("éèêëáàâäóòôöíìîïúùûüñç", "eeeeaaaaooooiiiiuuuunc")
_ATOM: Final = re.compile(r"\d+|[^\W\d_]+")
_CAMEL: Final = re.compile(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])|(?<=[A-ZÆØÅ])(?=[A-ZÆØÅ][a-zæøå])")
_PART: Final = re.compile(r"[^\-‑'’]+")
_VOWEL: Final = re.compile(r"[aeiouyæøå]")
# What follows a Danish word and makes a form or a derivation of it, not a compound ("kontraktlige").
_NO_COMPOUND: Final = re.compile(
    r"(?:s?(?:ning|ing|else|hed|lighed|lig|isk|skab|dom|eri|bar|som|agtig|ende|ør|ant|ist)|t?er(?:ne|en)?"
    r"|i?er(?:ing|et|ede|e|er|ende|bar)?|r(?:ing|ede|er|et|ende|ne|en)|l(?:ig|ing|øs))"
    r"(?:e|t|en|et|er|erne|ne|ens)?s?|(?:ion|ivitet|at(?:isk|iser)).*"
)
# "Udsalg" is not a kind of "salg", nor "opløsning" one of "løsning".
_PARTICLE: Final = re.compile(r"(?:^|\w{3})(?:op|ud|ind|ned)$")
_ENDINGS: Final = frozenset(
    ending + genitive
    for ending in (
        "",
        "e",
        "n",
        "t",
        "r",
        "en",
        "et",
        "er",
        "ne",
        "ene",
        "ere",
        "eren",
        "eret",
        "rne",
        "erne",
    )
    for genitive in ("", "s")
)
_DERIVATION: Final = re.compile(r"(hed|ing|else|isk|lig|eri)(?:en|et|er|erne|ene|e|t)?s?$")

_NO_KEYS: Final = frozenset[str]()

Kind = Literal["keyword", "competitor"]
Side = Literal["seller", "customer"]


@dataclass(frozen=True, slots=True)
class Tracker:
    """What a manager tracks: `name` and `aliases` are found alike, in `language` and on `side` (None: any).

    `word_forms`: inflected forms count. `compounds`: Danish compounds with it count. `only_as_name`: only where it is
    said as a name; None: competitors that are everyday words.
    """

    tracker_id: str
    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    language: str | None = None
    side: Side | None = None
    word_forms: bool = True
    compounds: bool = True
    only_as_name: bool | None = None

    def __post_init__(self) -> None:
        if self.only_as_name is None:
            # frozen: what was not given follows from the name
            object.__setattr__(self, "only_as_name", self.kind == "competitor" and is_common_word(self.name))


class Mention(NamedTuple):
    """A tracker was said: `surface` as it stands in the text, `start` its first character's offset."""

    tracker_id: str
    surface: str
    start: int


class TrackerIndex:
    """All trackers, ready to be looked for in one pass whose cost does not grow with their number."""

    def __init__(self, trackers: Iterable[Tracker]) -> None:
        self._trackers = tuple(trackers)
        heard = next(_HEARD_BY_TURNS)
        tracked = {primary_language(tracker.language) for tracker in self._trackers}
        self._languages = {
            language: _LanguageIndex(self._trackers, language, heard)
            for language in tracked | {None, "da", "en"}
        }
        self._other_language = _LanguageIndex(self._trackers, "", heard)

    def find(self, text: str, language: str | None, side: str) -> list[Mention]:
        """The mentions in `text`, in order of place.

        `language` is a BCP 47 tag: word forms are known for Danish and English, and trackers of another
        language are left out. Where it is None, trackers of every language are looked for, in the form they
        are written.
        """
        index = self._languages.get(primary_language(language), self._other_language)
        return index.find(text, side) if index.may_tell(text) else []


@lru_cache(256)
def primary_language(language: str | None) -> str | None:
    """The language of a BCP 47 tag without region and script: "da" of "da-DK"."""
    return None if language is None else language.partition("-")[0].lower()


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One way to say a tracker: for each word the keys, one of which the word in the text must have."""

    tracker: Tracker
    parts: tuple[frozenset[str], ...]


class _Token:
    """A word of the text, or a part of a hyphenated one: offsets of its first character and behind its last.

    `patterns` are those that may begin with it.
    """

    __slots__ = ("end", "keys", "patterns", "start")

    def __init__(self, keys: frozenset[str], start: int, end: int, patterns: tuple[_Pattern, ...]) -> None:
        self.keys = keys
        self.start = start
        self.end = end
        self.patterns = patterns

    def moved(self, by: int) -> "_Token":
        return _Token(self.keys, self.start + by, self.end + by, self.patterns)


class _Heard:
    """The words of a part of a text, and their own parts, as an index heard them; `tells` whether the longest word of
    some tracker is among them."""

    __slots__ = ("index", "tells", "tokens")

    def __init__(self, index: "_LanguageIndex | None", tokens: tuple[_Token, ...], *, tells: bool) -> None:
        self.index = index
        self.tokens = tokens
        self.tells = tells


def _unheard(_: Chunk) -> _Heard:
    return _Heard(None, (), tells=False)


_LookByLanguage = dict[str | None, Look[_Heard]]
_OTHERS: Final = "others"
_HEARD_BY_TURNS: Final[Iterator[_LookByLanguage]] = cycle(
    [{language: Look(_unheard) for language in ("da", "en", _OTHERS)} for _ in range(2)]
)
"""Where the indexes of a language keep in each chunk what they heard, one over the other: an index is made whenever
trackers change. By turns, for the one before it may be asked beside it."""


class _LanguageIndex:
    """The trackers that may be heard in one language.

    A word has the key "word"; "~stem" for its forms, "+word" where it is part of a compound.
    """

    def __init__(self, trackers: Iterable[Tracker], language: str | None, heard: _LookByLanguage) -> None:
        self._language = language
        self._stem = {"da": danish_stem, "en": english_stem}.get(language or "")
        self._patterns: dict[str, list[_Pattern]] = {}  # by each key of the first word
        self._telling: set[str] = set()  # keys of each pattern's longest word
        self._compounded: set[str] = set()  # words that compounds are made of
        self._begin_compounded: set[str] = set()  # how these begin: a compound has it somewhere
        self._lengths: tuple[int, ...] = ()
        self._shortest_compound = 0
        # stems keep how a word begins, but for English ones such as "dying", "die": others need no stemming
        self._head = 2 if language == "da" else 1
        self._heads: set[str] = set()
        self._words: set[str] = set()  # the keys without a mark
        self._stems: set[str] = set()  # those with "~", without it
        self._heard = heard.get(language, heard[_OTHERS])
        for tracker in trackers:
            if None in (language, tracker.language) or primary_language(tracker.language) == language:
                for spelling in spellings(tracker.name, *tracker.aliases):
                    self._add(tracker, spelling)

    def _add(self, tracker: Tracker, spelling: tuple[str, ...]) -> None:
        keys = [self._part(word, tracker) for word in spelling]
        last = spelling[-1]
        if tracker.compounds and self._language == "da" and len(last) >= MIN_COMPOUND_PART and last.isalpha():
            keys[-1] |= {f"+{last}"}
            self._compounded.add(last)
            self._begin_compounded.add(last[:MIN_COMPOUND_PART])
            self._lengths = tuple(sorted({*self._lengths, len(last)}))
            self._shortest_compound = self._lengths[0] + MIN_COMPOUND_PART - 1
        for key in chain.from_iterable(keys):
            if key[0] == "~":
                self._stems.add(key[1:])
            elif key[0] != "+":
                self._words.add(key)
        self._heads.update([key.lstrip("~+")[: self._head] for key in chain.from_iterable(keys)])
        pattern = _Pattern(tracker, tuple(keys))
        for key in keys[0]:
            self._patterns.setdefault(key, []).append(pattern)
        self._telling |= keys[max(range(len(spelling)), key=lambda place: len(spelling[place]))]

    def _part(self, word: str, tracker: Tracker) -> frozenset[str]:
        if self._stem is None or not tracker.word_forms or word.isdigit():
            return frozenset({word})
        if tracker.kind == "competitor" and self._language == "en":
            return frozenset({word, f"{word}s", f"{word}es"})  # a name has no "-ing": "slacking" is not Slack
        return frozenset({word, f"~{word}", f"~{self._stem(word)}"})

    def find(self, text: str, side: str) -> list[Mention]:
        tokens: list[_Token] = []
        offsets: list[int] = []
        offset = 0
        said = parts(text)
        for part, heard in zip(said, self._hear(said), strict=True):
            for token in heard.tokens:
                tokens.append(token)
                offsets.append(offset)
            offset += len(part.text) + 1
        spans: set[tuple[Kind, int, int, str]] = set()
        as_names: dict[tuple[int, int], bool] = {}
        for first, token in enumerate(tokens):
            for pattern in token.patterns:
                tracker = pattern.tracker
                if tracker.side in (None, side) and _fits(pattern, tokens, first):
                    last = first + len(pattern.parts) - 1
                    start, end = token.start + offsets[first], tokens[last].end + offsets[last]
                    if tracker.only_as_name:
                        if (start, end) not in as_names:
                            as_names[start, end] = said_as_name(text, start, end)
                        if not as_names[start, end]:
                            continue
                    spans.add((tracker.kind, start, -end, tracker.tracker_id))
        return [
            Mention(tracker_id, text[start:end], start) for start, end, tracker_id in sorted(_longest(spans))
        ]

    def may_tell(self, text: str) -> bool:
        """Whether a chunk of `text` has the longest word of some tracker."""
        return any(heard.tells for heard in self._hear(chunks(text)))

    def _hear(self, said: Sequence[Chunk]) -> list[_Heard]:
        """What is heard in each of the chunks."""
        found = self._heard.at(said)
        for place, heard in enumerate(found):
            if heard.index is not self:
                heard.tokens = self._tokens(said[place])
                heard.tells = not all(self._telling.isdisjoint(token.keys) for token in heard.tokens)
                heard.index = self  # last: whatever breaks off before it is done anew
        return found

    def _tokens(self, chunk: Chunk) -> tuple[_Token, ...]:
        """The words of a part of a text, and their own parts, offsets within it."""
        if chunk.word:
            return (self._token(chunk.word, 0),)
        part = chunk.text
        tokens: list[_Token] = []
        for surface, start, lower in WORDS.of(chunk):
            tokens += [token.moved(start) for token in self._parts(lower)]
            if part[start - 1 : start] == "[" and part.startswith("]", start + len(surface)):
                # a masked number, not a word that was said
                tokens[-1] = _Token(_NO_KEYS, start, start, ())
        return tuple(tokens)

    def _parts(self, word: str) -> tuple[_Token, ...]:
        """The parts of a word between its hyphens, offsets within it."""
        if word.isalnum():
            return (self._token(word, 0),)
        return tuple([self._token(part[0], part.start()) for part in _PART.finditer(word)])

    def _token(self, part: str, start: int) -> _Token:
        keys = self._make_keys(part if part.isascii() else part.translate(_FOLD))
        if not keys:
            return _Token(_NO_KEYS, start, start + len(part), ())
        starting = [pattern for key in keys for pattern in self._patterns.get(key, ())]
        return _Token(frozenset(keys), start, start + len(part), tuple(dict.fromkeys(starting)))

    def _make_keys(self, word: str) -> list[str]:
        """The keys of a word that some tracker has."""
        keys = [word] if word in self._words else []
        if len(word) > MAX_WORD_LENGTH:
            return keys
        if self._stem is not None and word[: self._head] in self._heads:
            keys += [f"~{form}" for form in (word, self._stem(word)) if form in self._stems]
        if len(word) >= self._shortest_compound > 0 and not self._begin_compounded.isdisjoint(
            [word[at : at + MIN_COMPOUND_PART] for at in range(len(word) - MIN_COMPOUND_PART + 1)]
        ):
            keys += [f"+{part}" for part in _compounds_of(word, self._compounded, self._lengths)]
        return keys


def english_stem(word: str) -> str:
    return str(_SNOWBALL_ENGLISH(word))


def danish_stem(word: str) -> str:
    """Snowball's stem, with the derivation that it takes off: "sikker" is no form of "sikkerhed"."""
    derivation = _DERIVATION.search(word)
    stem = str(_SNOWBALL_DANISH(word))
    return f"{stem}|{derivation[1]}" if derivation else stem


def _compounds_of(word: str, known: Container[str], lengths: Sequence[int]) -> Iterator[str]:
    """Which known words, of these lengths, a Danish word is a compound of: its beginnings, and its ends in their
    uninflected forms."""
    for cut in lengths:
        if cut > len(word) - MIN_COMPOUND_PART:
            break
        if word[:cut] not in known:
            continue
        rest = word[cut:]
        if _VOWEL.search(rest) and not _NO_COMPOUND.fullmatch(rest):
            yield word[:cut]
    for base in _uninflected(word):
        for length in lengths:
            cut = len(base) - length
            if cut < MIN_COMPOUND_PART - 1:
                break
            if base[cut:] in known and _VOWEL.search(base, 0, cut) and not _PARTICLE.search(base, 0, cut):
                yield base[cut:]


def _uninflected(word: str) -> Iterator[str]:
    yield word
    for length in range(1, 6):
        base = word[:-length]
        if word[-length:] in _ENDINGS and base:
            yield base
            if base[-2:-1] == base[-1]:
                yield base[:-1]


def spellings(*names: str) -> list[tuple[str, ...]]:
    """The word sequences that speech-to-text may write for the names, lower case, without accents.

    Words may be joined or apart ("SharePoint", "share point"), numbers in digits or as words.
    """
    found: set[tuple[str, ...]] = set()
    for name in names:
        written = [part for word in words(_CAMEL.sub(" ", name)) for part in _PART.findall(word.lower)]
        atoms = [atom.translate(_FOLD) for part in written for atom in _ATOM.findall(part)]
        found.update(_joins(atoms))
        numbers = [place for place, atom in enumerate(atoms) if atom.isdecimal()]
        if len(numbers) == 1 and len(atoms) > 1:
            place = numbers[0]
            found.update((*atoms[:place], *said, *atoms[place + 1 :]) for said in readings(atoms[place]))
    return sorted(found)


def _joins(atoms: list[str]) -> Iterator[tuple[str, ...]]:
    """Every way to write neighbouring atoms together; of many atoms only all apart and all together."""
    if not atoms:
        return
    if len(atoms) > MAX_JOINED_ATOMS:
        yield tuple(atoms)
        yield ("".join(atoms),)
        return
    for glue in product(("", " "), repeat=len(atoms) - 1):
        yield tuple("".join(chain(*zip(atoms, (*glue, ""), strict=True))).split())


def _fits(pattern: _Pattern, tokens: list[_Token], first: int) -> bool:
    """Whether the tokens behind `first`, with which the pattern may begin, are the rest of it."""
    if first + len(pattern.parts) > len(tokens):
        return False
    for place in range(1, len(pattern.parts)):
        if pattern.parts[place].isdisjoint(tokens[first + place].keys):
            return False
    return True


def _longest(spans: set[tuple[Kind, int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Of spans (kind, start, -end, tracker) those that stay under the rule at the top of this module."""
    taken: tuple[Kind, int, int] | None = None
    for kind, start, minus_end, tracker_id in sorted(spans):
        if taken is None or kind != taken[0] or start >= -taken[2] or (start, minus_end) == taken[1:]:
            taken = (kind, start, minus_end)
            yield start, -minus_end, tracker_id
