"""Finds action items: sentences in which the speaker promises to do something ("I'll send you", "jeg sender").

Wishes, offers and requests ("could you send", "skal jeg sende") are none, and neither is what was done already, what is
only noted ("det noterer jeg") or looked up at once, or a promise of nothing in particular ("that I'll do").
Rules, no model; what they reach stands in docs/accuracy.md. Pure.
"""

import re
from collections.abc import Iterable
from functools import partial
from typing import Final, NamedTuple

from processors.analysis.questions import placed_sentences
from processors.analysis.trackers import primary_language
from processors.lang.da import action_items as danish
from processors.lang.en import action_items as english
from processors.lang.schema import Deed, PromiseGrammar
from processors.text.chunks import Chunk, Look, chunks


class ActionItem(NamedTuple):
    """A sentence that promises something; `start` is its first character's offset in the text."""

    sentence: str
    start: int


def find_actions(text: str, language: str | None) -> list[ActionItem]:
    """The action items of `text`, in order. `language` is a BCP 47 tag; only Danish and English promise here."""
    spoken = primary_language(language) or ""
    promises = _PROMISES.get(spoken)
    if promises is None or not _may_promise(text, _ROLES[spoken]):
        return []
    return [
        ActionItem(sentence, start)
        for sentence, start in placed_sentences(text)
        if "?" not in sentence[-3:]
        and promises.are_in(lower := _normalise(sentence))
        and promises.are_for_a_list(lower)
    ]


_INNER_WORD: Final = re.compile(r"\w+(?:'\w+)*")
_SPEAKER: Final = 1
_DEED: Final = 2


def _may_promise(text: str, roles: Look[int]) -> bool:
    """Whether `text` has both a speaker's word and a deed's."""
    found = 0
    for role in roles.at(chunks(text)):
        found |= role
    return found == _SPEAKER | _DEED


def _roles(grammar: PromiseGrammar, chunk: Chunk) -> int:
    """Bits that say whether a chunk is a speaker's word, a deed's, or both."""
    said = [chunk.word] if chunk.word else _INNER_WORD.findall(_normalise(chunk.text))
    return _SPEAKER * (not grammar.speakers.isdisjoint(said)) | _DEED * (not grammar.deeds.isdisjoint(said))


def _normalise(text: str) -> str:
    return text.lower().replace("’", "'")


class _Promises:
    """How a language promises, ready to be looked for."""

    def __init__(self, grammar: PromiseGrammar) -> None:
        self._anywhere = re.compile(grammar.anywhere, re.VERBOSE) if grammar.anywhere else None
        self._speaker = re.compile(grammar.speaker) if grammar.speaker else None
        self._from_speaker = _compile(grammar.from_speaker, grammar)
        self._from_before = _compile(grammar.from_before, grammar)

        self._no_item = re.compile(grammar.no_item) if grammar.no_item else None
        self._content = re.compile(grammar.content) if grammar.content else None

    def are_for_a_list(self, sentence: str) -> bool:
        """Whether what a sentence in lower case promises would be put on a list: neither "I'll note that", nor "one
        moment, I'll look it up", nor "that I'll do" without an object, a time or somebody."""
        if self._no_item is not None and self._no_item.search(sentence):
            return False
        return self._content is None or self._content.search(sentence) is not None

    def are_in(self, sentence: str) -> bool:
        """Whether a sentence in lower case promises something."""
        if self._anywhere is not None and self._anywhere.search(sentence):
            return True
        return self._speaker is not None and self._at_a_speaker(sentence, self._speaker)

    def _at_a_speaker(self, sentence: str, speaker: re.Pattern[str]) -> bool:
        """Tries each place where a speaker's word stands: to search the whole sentence takes five times as long."""
        for said in speaker.finditer(sentence):
            start = said.start()
            if self._from_speaker.match(sentence, start):
                return True
            before = sentence.rfind(" ", 0, max(start - 1, 0)) + 1
            if self._from_before.match(sentence, before):
                return True
        return False


def _compile(templates: tuple[str, ...], grammar: PromiseGrammar) -> re.Pattern[str]:
    """One pattern of all templates, each filled for every speaker; see PromiseGrammar."""
    everything = [deed for _, deeds in grammar.deeds_by_speaker for deed in deeds]
    filled = [
        _fill(template, who, deeds, grammar.tail).replace("<all_infinitives>", _infinitives(everything))
        for who, deeds in grammar.deeds_by_speaker
        for template in templates
    ]
    return re.compile("|".join(dict.fromkeys(filled)))


def _fill(template: str, who: str, deeds: tuple[Deed, ...], tail: str) -> str:
    tails = [tail.replace("<rest>", deed.rest) if deed.rest else "" for deed in deeds]
    straight = [f"(?:{deed.present}){tail}" for deed, tail in zip(deeds, tails, strict=True)]
    turned = [f"(?:{deed.present}) (?:{who}){tail}" for deed, tail in zip(deeds, tails, strict=True)]
    return (
        template.replace("<straight>", "|".join(straight))
        .replace("<turned>", "|".join(turned))
        .replace("<infinitives>", _infinitives(deeds))
        .replace("<who>", who)
    )


def _infinitives(deeds: Iterable[Deed]) -> str:
    return "|".join(deed.infinitive for deed in deeds)


_GRAMMARS: Final = {"en": english.GRAMMAR, "da": danish.GRAMMAR}
_PROMISES: Final = {language: _Promises(grammar) for language, grammar in _GRAMMARS.items()}
_ROLES: Final = {language: Look(partial(_roles, grammar)) for language, grammar in _GRAMMARS.items()}
