"""Finds the sentences that ask, open ("hvad koster det") and closed ("kan du sende den"), Danish and English.

Speech-to-text often leaves out the question mark, so a sentence also asks by its word order: a question word or
a verb in front of its subject where a clause begins. Rules, no model; what they reach stands in
docs/accuracy.md. Pure.
"""

import re
from functools import partial
from itertools import islice, pairwise
from typing import Final, Literal, NamedTuple

from processors.analysis.trackers import primary_language
from processors.lang.da import questions as danish
from processors.lang.en import questions as english
from processors.lang.schema import QuestionGrammar
from processors.text.chunks import Chunk, Look, chunks
from processors.text.sentences import may_end_sentence, sentences

Kind = Literal["open", "closed"]


class Question(NamedTuple):
    """A sentence that asks; `start` is its first character's offset in the text.

    An open question has a question word or cannot be answered by yes or no; a closed one can, or offers a choice.
    """

    sentence: str
    start: int
    kind: Kind


def find_questions(text: str, language: str | None) -> list[Question]:
    """The sentences of `text` that ask, in order.

    `language` is a BCP 47 tag. In another language than Danish and English, or when it is not known, only a
    question mark shows that a sentence asks, and all such count as closed.
    """
    spoken = primary_language(language) or ""
    grammar = _GRAMMARS.get(spoken)
    found: list[Question] = []
    if grammar is None:
        if "?" in text:
            for sentence, start in placed_sentences(text):
                if _is_marked(sentence):
                    found.append(Question(sentence, start, "closed"))
        return found
    if _may_ask(text, grammar, cues := _CUES[spoken]):
        for sentence, start in placed_sentences(text):
            if _may_ask(sentence, grammar, cues) and (kind := _kind(sentence, grammar)):
                found.append(Question(sentence, start, kind))
    return found


def is_tag_question(sentence: str, language: str | None) -> bool:
    """Whether a sentence that asks is a statement with a tag behind it ("it works, doesn't it?", "..., ikke?")."""
    grammar = _GRAMMARS.get(primary_language(language) or "")
    if grammar is None:
        return False
    tokens = _tokens(sentence)
    return len(tokens) > 2 and _has_tag(sentence, tokens, grammar)


def placed_sentences(text: str) -> list[tuple[str, int]]:
    """The sentences of `text`, each with the offset of its first character."""
    placed = []
    end = 0
    for sentence in sentences(text):
        start = text.index(sentence, end)
        end = start + len(sentence)
        placed.append((sentence, start))
    return placed


class _Grammar:
    """How a language asks, in lower case, compiled and indexed.

    Words are looked up before a pattern is tried, since most sentences do not ask.
    """

    def __init__(self, data: QuestionGrammar) -> None:
        self.openings = data.openings
        self.opening_pairs = data.opening_pairs
        self.in_opening_pairs = frozenset(word for pair in data.opening_pairs for word in pair)
        self.question_words = data.question_words
        self.question_beginnings = tuple(sorted(data.question_words))  # "who", "who'd"
        self.open_starts = data.open_starts
        self.certain_starts = data.open_starts - data.leads
        self.open_clause = _compile(data.open_clause, data)
        self.open_anywhere = _compile(data.open_anywhere, data)
        self.closed_starts = _compile(data.closed_starts, data)
        self.closed_clause = _compile(data.closed_clause, data)
        self.closed_pairs = data.closed_pairs
        self.pairs = frozenset(data.closed_pairs) | data.tags | data.open_pairs
        self.pair_firsts = frozenset(first for first, _ in self.pairs)
        self.pair_seconds = frozenset(second for _, second in self.pairs)
        self.no_question_after = data.no_question_after
        self.tags = data.tags
        self.last_words = data.last_words
        self.bare_tag = _compile(data.bare_tag, data)
        self.statement = _compile(data.statement, data)
        self.request = _compile(data.request, data)


_TOKEN: Final = re.compile(r"[\w'-]+")
_PLACEHOLDER: Final = re.compile(r"\[\w+\]")

_ASKS: Final = 1
"""Of a chunk, as the bits below: its sentence may ask, wherever in it the chunk stands."""
_OPENS: Final = 2
"""It may stand in front of the clause that asks."""
_STARTS: Final = 4
"""A clause that begins with it may ask."""
_PAIR_FIRST: Final = 8
_PAIR_SECOND: Final = 16
_LAST: Final = 32
"""A sentence that ends with it may ask."""
_ENDS: Final = 64
"""It may end a sentence."""


def _may_ask(text: str, grammar: _Grammar, cues: Look[int]) -> bool:
    """Whether a sentence of `text` may ask, as far as its chunks tell."""
    begins = _ENDS
    before = 0
    previous: Chunk | None = None
    for chunk in chunks(text):
        cue = cues.of(chunk)
        if cue & _ASKS or (begins and cue & _STARTS):
            return True
        if previous and cue & _PAIR_SECOND and before & _PAIR_FIRST and _is_pair(previous, chunk, grammar):
            return True
        begins = cue & _ENDS or (begins and cue & _OPENS)
        before = cue
        previous = chunk
    return before & _LAST != 0


def _start_cue(grammar: _Grammar, tokens: list[str]) -> int:
    """The bits _OPENS and _STARTS of a chunk of these words."""
    for token in tokens:
        if token in grammar.openings:
            continue
        if token in grammar.certain_starts or grammar.closed_starts.fullmatch(token):
            return _STARTS
        if token not in grammar.in_opening_pairs:
            return 0
    return _OPENS


def _is_pair(previous: Chunk, chunk: Chunk, grammar: _Grammar) -> bool:
    return (_TOKENS.of(previous)[-1], _TOKENS.of(chunk)[0]) in grammar.pairs


def _cue(grammar: _Grammar, chunk: Chunk) -> int:
    """The bits of a chunk."""
    tokens = _TOKENS.of(chunk)
    if not tokens:
        return _ASKS  # it may stand between any two words
    first, last = tokens[0], tokens[-1]
    ends = may_end_sentence(chunk.text)
    may_be_last = last in grammar.last_words
    asks = "?" in chunk.text or (ends and may_be_last)
    for token in tokens:
        asks = asks or token.startswith(grammar.question_beginnings)
    if len(tokens) > 1:
        asks = asks or not grammar.pairs.isdisjoint(pairwise(tokens))
    return (
        _ASKS * asks
        | _start_cue(grammar, tokens)
        | _PAIR_FIRST * (last in grammar.pair_firsts)
        | _PAIR_SECOND * (first in grammar.pair_seconds)
        | _LAST * may_be_last
        | _ENDS * ends
    )


def _kind(sentence: str, grammar: _Grammar) -> Kind | None:
    """How the sentence asks, None when it does not."""
    marked = _is_marked(sentence)
    tokens = _tokens(sentence)
    first = _clause_start(tokens, grammar)
    if first == len(tokens):
        return "closed" if marked else None
    word = tokens[first]
    clause = " ".join(tokens[first:])
    may_be_open = word in grammar.open_starts
    may_be_closed = grammar.closed_starts.fullmatch(word) is not None
    kind: Kind
    if may_be_open and grammar.open_clause.match(clause):
        kind = "open"
    elif may_be_closed and grammar.closed_clause.match(clause):
        kind = "closed"
    elif not grammar.question_words.isdisjoint(tokens) and grammar.open_anywhere.search(clause):
        kind = "open"
    elif _has_closed_pair(tokens, grammar) or _has_tag(sentence, tokens, grammar):
        kind = "closed"
    elif marked:
        return "open" if grammar.request.match(clause) else "closed"
    else:
        return None
    if not marked and (may_be_open or may_be_closed) and _is_statement(sentence, first, grammar):
        return None
    return kind


def _is_marked(sentence: str) -> bool:
    return "?" in sentence[-3:]


def _is_statement(sentence: str, first: int, grammar: _Grammar) -> bool:
    """Whether the clause that begins with the token numbered `first` only looks like a question."""
    lower = _lower(sentence)
    begin = next(islice(_TOKEN.finditer(lower), first, None)).start()
    return grammar.statement.match(lower, begin) is not None


def _lower(text: str) -> str:
    """The text in the form that grammars are written in, without what masking left."""
    lower = text.lower().replace("’", "'")
    return _PLACEHOLDER.sub("", lower) if "[" in lower else lower


def _tokens(sentence: str) -> list[str]:
    """The words of a sentence in lower case."""
    return [token for found in _TOKENS.at(chunks(sentence)) for token in found]


def _tokens_of(chunk: Chunk) -> list[str]:
    """The words of a chunk in lower case."""
    return [chunk.word] if chunk.word else _TOKEN.findall(_lower(chunk.text))


_TOKENS: Final = Look(_tokens_of)


def _clause_start(tokens: list[str], grammar: _Grammar) -> int:
    """The place of the first token that is no opening."""
    at = 0
    while at < len(tokens):
        if tokens[at] in grammar.openings:
            at += 1
        elif at + 1 < len(tokens) and (tokens[at], tokens[at + 1]) in grammar.opening_pairs:
            at += 2
        else:
            break
    return at


def _has_closed_pair(tokens: list[str], grammar: _Grammar) -> bool:
    for at in range(len(tokens) - 1):
        following = grammar.closed_pairs.get((tokens[at], tokens[at + 1]))
        if following is None or (at and tokens[at - 1] in grammar.no_question_after):
            continue
        if not following or not following.isdisjoint(tokens[at + 2 : at + 3]):
            return True
    return False


def _has_tag(sentence: str, tokens: list[str], grammar: _Grammar) -> bool:
    if tuple(tokens[-2:]) in grammar.tags:
        return True
    if tokens[-1] not in grammar.last_words:
        return False
    behind_comma = _lower(sentence).rstrip(" .!?").removesuffix(tokens[-1]).rstrip().endswith(",")
    return behind_comma or grammar.bare_tag.match(" ".join(tokens)) is not None


def _compile(pattern: str, data: QuestionGrammar) -> re.Pattern[str]:
    """`pattern` with its parts filled in."""
    for name in reversed(tuple(data.parts)):
        pattern = pattern.replace(f"<{name}>", f"(?:{data.parts[name]})")
    return re.compile(pattern)


_GRAMMARS: Final = {"en": _Grammar(english.GRAMMAR), "da": _Grammar(danish.GRAMMAR)}
_CUES: Final = {language: Look(partial(_cue, grammar)) for language, grammar in _GRAMMARS.items()}
