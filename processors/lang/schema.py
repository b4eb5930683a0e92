"""What a language gives the analyses, as types: who adds a language fills these."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuestionGrammar:
    """How a language asks. Patterns are regular expressions, <name> in them stands for that part."""

    parts: Mapping[str, str]  # a part may use those that stand before it
    openings: frozenset[str]  # words in front of the clause that asks: "okay so ..."
    opening_pairs: frozenset[tuple[str, str]]  # pairs of words in front of it: "thank you, ..."
    question_words: frozenset[str]
    open_starts: frozenset[str]  # first words of clauses that `open_clause` may fit
    leads: frozenset[str]  # those of them that a question word or an open pair must follow: "in which"
    open_pairs: frozenset[tuple[str, str]]  # "i would like to know"
    open_clause: str
    open_anywhere: str  # with a question word; sure enough to be believed in mid-sentence
    closed_starts: str  # first words of clauses that `closed_clause` may fit
    closed_clause: str
    closed_pairs: Mapping[
        tuple[str, str], frozenset[str]
    ]  # believed in mid-sentence, before these words (none: any)
    no_question_after: frozenset[str]  # a word that makes a statement of a closed pair: "so do I"
    tags: frozenset[tuple[str, str]]  # last two words: "isn't it"
    last_words: frozenset[str]  # last word, behind a comma: ", right"
    statement: str  # a clause that only looks like a question; a question mark overrules it
    request: str  # with a question mark: cannot be answered by yes or no although no question word leads


@dataclass(frozen=True, slots=True)
class Deed:
    """What a speaker may promise: alternatives of the present tense, of what belongs to it behind the subject (none:
    nothing must), and of the infinitive."""

    present: str
    rest: str
    infinitive: str


@dataclass(frozen=True, slots=True)
class PromiseGrammar:
    """How a language promises. Patterns are regular expressions over lower case.

    `from_speaker` and `from_before` begin at a speaker's word and at the word before it; <who>, <straight> (a deed in
    the present tense), <turned> (the same with the speaker behind it) and <infinitives> in them stand for the deeds of
    `deeds_by_speaker`, <all_infinitives> for those of all speakers.
    """

    speakers: frozenset[str]  # a text without one of these
    deeds: frozenset[str]  # and one of these is not searched
    anywhere: str = ""  # verbose
    speaker: str = ""
    deeds_by_speaker: tuple[tuple[str, tuple[Deed, ...]], ...] = ()
    tail: str = ""  # what may stand between the present tense and <rest>
    from_speaker: tuple[str, ...] = ()
    from_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Numerals:
    """The number words of a language, and how tens and ones are joined."""

    small: tuple[str, ...]  # from 0 to 19
    tens: tuple[str, ...]  # from 20 to 90
    hundred: str
    thousand: str
    conjunction: str
    ones_first: bool = False


@dataclass(frozen=True, slots=True)
class NameContext:
    """The words around a name that speak for it or against it. `phrase` and `phrase_end` are regular expressions."""

    phrase: str  # what stands before a name that is recognised by it alone
    phrase_end: str  # what may stand between such a phrase and the name
    cues: frozenset[str]  # a phrase has one of these
    inside: frozenset[str]  # small words within a name: "Bank of America"
    use: frozenset[str]
    after_use: frozenset[str]  # between such a word and the name
    from_: frozenset[str]
    versus: frozenset[str]
    versus_pairs: frozenset[tuple[str, str]]
    with_: frozenset[str]
    and_: frozenset[str]
    on: frozenset[str]
    at: frozenset[str]
    about: frozenset[str]
    in_: frozenset[str]
    determiners: frozenset[str]
    greetings: frozenset[str]
    introductions: frozenset[tuple[str, str]]
    brand_verbs: frozenset[str]
    verbs: frozenset[str]
    conjunctions: frozenset[str]  # between names of a list
