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
    bare_tag: str  # a sentence that ends with one of them without a comma, and asks
    statement: str  # a clause that only looks like a question; a question mark overrules it
    request: str  # with a question mark: cannot be answered by yes or no although no question word leads


@dataclass(frozen=True, slots=True)
class CountedWords:
    """What a metric counts. A pair is not counted behind one of the words that it maps to: "what kind of" asks."""

    words: frozenset[str]
    pairs: Mapping[tuple[str, str], frozenset[str]]


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
    no_item: str = ""  # what is noted, looked up while one talks, or depends on the other: nothing for a list
    content: str = ""  # an object, a time or somebody: a promise without any is nothing for a list either


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


@dataclass(frozen=True, slots=True)
class NumberLabel:
    """What a private number is called: the mask it gets, its label as a regular expression, and how many digits it has
    at least."""

    mask: str
    label: str
    fewest: int


@dataclass(frozen=True, slots=True)
class PrivateNumbers:
    """How numbers and addresses are said that are to be masked, beside the language's `Numerals`.

    Labels and cues are alternatives of regular expressions, in lower case.
    """

    other_numbers: Mapping[str, int]  # other forms of number words
    ambiguous: frozenset[str]  # number words that are mostly something else, or said all the time
    ordinals: tuple[str, ...]  # from 1 to 31
    other_ordinals: dict[str, int]
    months: tuple[str, ...]
    hundreds: frozenset[str]
    repeats: Mapping[str, int]  # "double five"
    joiners: frozenset[str]  # what may be said between the parts of one number
    corrections: frozenset[str]  # what is said when a number was begun wrongly
    scales: frozenset[str]  # a number before one of these is an amount
    units: str  # what is counted or paid; a number before one is an amount
    at_signs: tuple[str, ...]  # words for "@" that mean nothing else
    dots: frozenset[str]
    links: frozenset[str]  # words for "-", "_", "+"
    address_cue: str
    phone_cue: str
    cpr_cue: str
    also_phone: str  # what calls a number a phone's too, behind it
    number: str  # "nummer"
    fillers: frozenset[str]  # what may be said between a label and its number
    last: str  # of "the last four digits are"
    behind_last: frozenset[str]
    last_digits: str  # "the last four"
    person_labels: (
        str  # what a person has a number for: an ordinary number, but a CPR number may be given for it
    )
    reference_labels: str  # what things have a number for
    card_label: str  # what a card's number is called
    labels: tuple[NumberLabel, ...]
