"""What one segment of speech says: everything that is found in its words, in one place.

Masking comes first: nothing later ever sees an e-mail address, a phone, card or CPR number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from clickhouse.schema.rows import COMPOUND_SCALE, WordCounts
from processors.analysis.action_items import find_actions
from processors.analysis.counted_words import UNCOUNTED, count_listed_words
from processors.analysis.masking import mask
from processors.analysis.names.extraction import NameFinder, NameMention
from processors.analysis.questions import Question, find_questions
from processors.analysis.sentiment import segment_sentiment
from processors.analysis.terms import Term, terms
from processors.analysis.trackers import Mention, TrackerIndex
from processors.text.language import detect
from processors.text.marks import without_marks
from processors.text.sentences import count_words
from schemas.events import Side


class Findings(NamedTuple):
    """What was found in a segment. `compound_e4` is in ten-thousandths, None where there is no sentiment to tell."""

    text: str
    language: str | None
    words: int
    word_counts: WordCounts
    """Of a seller's words."""
    compound_e4: int | None
    mentions: tuple[Mention, ...]
    names: tuple[NameMention, ...]
    questions: tuple[Question, ...]
    actions: tuple[str, ...]
    terms: tuple[Term, ...]
    """What a seller says, as words and two-word terms, for finding what the best ones say more often."""

    @property
    def open_questions(self) -> int:
        """How many of the questions are open ones."""
        return sum(question.kind == "open" for question in self.questions) if self.questions else 0

    @property
    def closed_questions(self) -> int:
        """How many of the questions are closed ones."""
        return len(self.questions) - self.open_questions


NOTHING = Findings("", None, 0, UNCOUNTED, None, (), (), (), (), ())
"""What is found in a segment whose words may not be used."""


@dataclass(frozen=True, slots=True)
class Analyser:
    """The analyses, with what they look for."""

    trackers: TrackerIndex
    names: NameFinder
    excluded: frozenset[str]
    """Words that are not counted as terms: those of the trackers."""
    sales_lexicon: bool = True
    """Whether sentiment goes by the lexicon of sales talk as well."""

    def prepare(self, text: str, language: str | None) -> tuple[str, str | None]:
        """The text with private numbers masked, and its language: the one given, else the one that it is in.

        The language is None when the text is too little to tell.
        """
        masked = mask(text)
        return masked, language or detect(without_marks(masked))

    def analyse(self, masked: str, language: str | None, side: Side) -> Findings:
        """Everything that is found in words already masked; marks of a transcriber are none of them."""
        said = without_marks(masked)
        questions = find_questions(said, language)
        compound = segment_sentiment(said, language, side, sales=self.sales_lexicon, questions=questions)
        return Findings(
            text=masked,
            language=language,
            words=count_words(said),
            word_counts=count_listed_words(said, language) if side == "seller" else UNCOUNTED,
            compound_e4=None if compound is None else round(compound * COMPOUND_SCALE),
            mentions=tuple(self.trackers.find(said, language, side)),
            names=tuple(self.names.find(said, language)),
            questions=tuple(questions),
            actions=tuple(item.sentence for item in find_actions(said, language)),
            terms=tuple(terms(said, language, self.excluded)) if side == "seller" else (),
        )
