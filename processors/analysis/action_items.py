"""Finds action items: sentences in which the speaker promises to do something ("I'll send you", "jeg sender").

Wishes, offers and requests ("could you send", "skal jeg sende") are none, and neither is what was done already.
Rules, no model; what they reach stands in docs/accuracy.md. Pure.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

from processors.analysis.questions import placed_sentences
from processors.analysis.trackers import primary_language
from processors.text.cache import Memo
from processors.text.sentences import chunks


class ActionItem(NamedTuple):
    """A sentence that promises something; `start` is its first character's offset in the text."""

    sentence: str
    start: int


def find_actions(text: str, language: str | None) -> list[ActionItem]:
    """The action items of `text`, in order. `language` is a BCP 47 tag; only Danish and English promise here."""
    spoken = primary_language(language) or ""
    promise = _PROMISES.get(spoken)
    if promise is None or not _may_promise(text, _ROLES[spoken]):
        return []
    return [
        ActionItem(sentence, start)
        for sentence, start in placed_sentences(text)
        if promise.is_in(_normalise(sentence))
    ]


_INNER_WORD: Final = re.compile(r"\w+(?:'\w+)*")
_SPEAKER: Final = 1
_DEED: Final = 2


@dataclass(frozen=True, slots=True)
class _Promise:
    """How a language promises; a text without a speaker's and a deed's word is not searched."""

    speakers: frozenset[str]
    deeds: frozenset[str]
    is_in: Callable[[str], bool]
    """Whether a sentence in lower case promises something."""


def _may_promise(text: str, roles: Memo[int]) -> bool:
    """Whether `text` has both a speaker's word and a deed's."""
    found = 0
    for chunk in chunks(text):
        found |= roles[chunk]
    return found == _SPEAKER | _DEED


def _roles(promise: _Promise, chunk: str) -> int:
    """Bits that say whether a chunk is a speaker's word, a deed's, or both."""
    said = _INNER_WORD.findall(_normalise(chunk))
    return _SPEAKER * (not promise.speakers.isdisjoint(said)) | _DEED * (not promise.deeds.isdisjoint(said))


def _normalise(text: str) -> str:
    return text.lower().replace("’", "'")


# "I'll ..." promises, whatever the verb, unless what follows is about oneself or about the talk itself.
_NO_PROMISE: Final = r"""
    be | have | see | say | believe | watch | need | want | think | know | feel | admit | remember | wait | manage
  | stay | like | love | miss | try | never | not | pay | buy | bet | lose | end\ up | live | stick | hold | start
  | go\ (?:with|for) | take\ (?:the|one|two|three|a|an|some|both|another)\b(?!\ look) | come\ straight | begin | let
  | get\ (?:used|there|it\b|a\b|to\ the) | tell\ you | ask\ you | explain | leave | make\ it | keep\ it
  | give\ (?:it|up) | just\ watch
"""
_WE_DEED: Final = r"""
    send | e-?mail | ship | deliver | share | draft | get\ (?:back|this|that|it|these|those|them|you) | follow\ up
  | reach\ out | let\ you\ know | keep\ you | invite | check | look\ into | take\ care | find\ (?:out|a\ way) | contact
  | set\ (?:up|it|that|this) | schedule | book | arrange | reserve | order | prepare | put\ together | process | cancel
  | refund | credit | fix | update | make\ sure | confirm | do\ (?:that|it|this) | sort\ (?:it|that|this)\ out
  | call\ you
  | have\ (?:it|that|this|them)\ \w+ed
"""
_MEANWHILE: Final = r"""
    (?:\ (?:just|also|then|definitely|certainly|personally|gladly|go\ ahead\ and|be\ sure\ to|make\ sure\ to|try\ to
        |quickly|right\ away|always))*
"""
_ENGLISH: Final = re.compile(
    rf"""\b(?:
      i(?:'ll|\ will|\ shall|'m\ going\ to|\ am\ going\ to|'m\ gonna) {_MEANWHILE}
      \ (?!(?:{_NO_PROMISE})\b) [a-z]+ \ ? (?!\ (?:when|if)\ i\b)
    | we(?:'ll|\ will|\ shall|'re\ going\ to|\ are\ going\ to|'re\ gonna) {_MEANWHILE} \ (?:{_WE_DEED})
    | ill\ (?:send|call|email|check|get\ back|follow\ up)
    | let\ me\ (?:just\ |go\ and\ )?(?:send|e-?mail|check\ (?:with|on)|get\ back|follow\ up|find\ out|look\ into
        |take\ (?:it|that|this)\ to)
    | (?:i'm|i\ am|we're|we\ are)\ (?:just\ |now\ |also\ )?
        (?:sending|e-?mailing|mailing|forwarding|shipping|correcting|fixing|booking)\ (?:it|this|that|you|the|them|a)
    )\b""",
    re.VERBOSE,
)

# Present tense, what belongs to it behind the subject, infinitive: "jeg følger op", "så følger jeg op".
_OUR_DEEDS: Final = (
    (
        "sender|mailer|fremsender|oversender|videresender|eftersender",
        "",
        "sende|maile|fremsende|oversende|videresende",
    ),
    ("vender", "tilbage|retur", "vende tilbage|vende retur"),
    ("følger", "op", "følge op"),
    ("sørger", "for", "sørge for"),
    ("giver", "besked|lyd|et kald|et ring|et overblik", "give (?:dig|jer|ham|hende|dem)"),
    ("ringer", "til|tilbage|igen|på|dig|jer|op|i morgen|senere|\\w+dag|i næste", "ringe"),
    ("undersøger|kontakter|ordner|fikser", "", "undersøge|kontakte|ordne|fikse"),
    (
        "får",
        "sendt|lavet|booket|undersøgt|tjekket|oprettet|styr på|rettet|ordnet|opdateret|afklaret|set på",
        "få",
    ),
    ("finder", "en løsning", "finde en løsning|få til at"),
)
_MY_DEEDS: Final = (
    ("finder", "ud af", "finde ud af|finde (?:det|den|de|et|en)"),
    ("skriver", "til|på|dig|jer|en mail|ned|ind|under", "skrive"),
    ("siger", "til|videre", "sige (?:det )?til"),
    ("laver", "(?:et|en|jeres|dit|din) [\\w-]+", "lave (?:et|en|jeres|dit)"),
    ("kigger|ser", "på det|på den|på sagen|nærmere", "kigge på|se på"),
    (
        "taler|snakker",
        "med (?:min|vores|ham|hende|dem|teknik\\w*|økonomi\\w*|lageret)",
        "tale med|snakke med",
    ),
    ("spørger", "ham|hende|dem|min|vores|teknik\\w*|lageret|internt", "spørge"),
    ("tager", "fat i|kontakt|med|med videre", "tage fat i|tage kontakt|tage (?:det|den) med"),
    ("lægger", "den|det|dem", "lægge"),
    ("sætter", "op|et møde|dig i|jer i|i gang|på sagen", "sætte"),
    ("regner", "på", "regne på"),
    ("bliver", "på sagen", "blive på sagen"),
    ("scanner|retter|læser|viser", "(?:det|den|dem|dig|jer)", "scanne|rette|læse|vise (?:dig|jer)"),
    (
        "tjekker|checker|afklarer|forbereder|noterer",
        "",
        "tjekke|checke|afklare|forberede|notere|slå op|slå (?:det|den) op",
    ),
    ("booker|indkalder|inviterer|reserverer|bestiller", "", "booke|indkalde|invitere|reservere|bestille"),
    ("opdaterer|opretter|tilføjer|bekræfter|annullerer", "", "opdatere|oprette|tilføje|bekræfte|annullere"),
    ("udarbejder", "", "udarbejde|anbefale|vende (?:det|den) med"),
)
_DANISH_DEEDS: Final = (*_OUR_DEEDS, *_MY_DEEDS)


def _promises_in_english(sentence: str) -> bool:
    return _ENGLISH.search(sentence) is not None


def _danish_promises() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The promises that begin with the speaker ("jeg sender", "jeg skal nok sende", "lad mig sende"), and those that
    begin with the word before the speaker ("så sender jeg"; not in front, where it asks)."""
    not_now = r"(?! (?:\w+ )?(?:ikke|aldrig|altid|selv|normalt|typisk|ofte|hver|hele tiden)\b)"
    adverbs = r"(?: (?:lige|så|også|straks|selv|nok|prøve at|bare))*"
    told = r"(?<!hvis )(?<!når )(?<!at )(?<!hvad )"
    not_in_front = r"(?<=[\wæøå,] )"
    of_that = "gør|klarer|ordner|fikser|tager|undersøger|noterer|skriver|finder"
    from_speaker, from_before = [], []
    for who, deeds in (("jeg|vi", _OUR_DEEDS), ("jeg", _MY_DEEDS)):
        straight, turned = [], []
        for present, rest, _ in deeds:
            tail = rf"(?: (?!ikke\b)[\w-]+){{0,4}}? (?:{rest})" if rest else ""
            straight.append(rf"(?:{present}){tail}")
            turned.append(rf"(?:{present}) (?:{who}){tail}")
        infinitives = "|".join(infinitive for _, _, infinitive in deeds)
        from_speaker += [
            rf"{told}(?:{who})(?: lige| så| selvfølgelig| straks)? (?:{'|'.join(straight)})\b{not_now}",
            rf"(?:{who}) (?:skal nok|vil|skal lige|skal|kommer til at|prøver at){adverbs} (?:{infinitives})\b",
        ]
        from_before += [
            rf"{not_in_front}(?:{'|'.join(turned)})\b{not_now}",
            rf"{not_in_front}(?:skal|vil) (?:{who}){adverbs} (?:{infinitives})\b",
        ]
    infinitives = "|".join(infinitive for _, _, infinitive in _DANISH_DEEDS)
    from_speaker.append(rf"(?<=\blad )mig (?:lige )?(?:{infinitives})\b")
    from_before.append(rf"(?<=\bdet )(?<!hvis det )(?:{of_that}) jeg\b(?! ikke| altid)")
    return re.compile(rf"\b(?:{'|'.join(from_speaker)})"), re.compile("|".join(from_before))


_DANISH_SPEAKER: Final = re.compile(r"(?:jeg|vi|mig)\b")
_FROM_SPEAKER, _FROM_BEFORE = _danish_promises()


def _promises_in_danish(sentence: str) -> bool:
    """Tries each place where a speaker's word stands: to search the whole sentence takes five times as long."""
    for speaker in _DANISH_SPEAKER.finditer(sentence):
        start = speaker.start()
        if _FROM_SPEAKER.match(sentence, start):
            return True
        before = sentence.rfind(" ", 0, max(start - 1, 0)) + 1
        if _FROM_BEFORE.match(sentence, before):
            return True
    return False


_PROMISES: Final = {
    "en": _Promise(
        frozenset({"i", "we", "i'll", "we'll", "i'm", "we're", "ill", "let"}),
        frozenset(
            {"i'll", "we'll", "will", "shall", "going", "gonna", "ill", "let"}
            | {"sending", "emailing", "mailing", "forwarding", "shipping"}
        ),
        _promises_in_english,
    ),
    "da": _Promise(
        frozenset({"jeg", "vi", "mig"}),
        frozenset(
            first
            for present, _, infinitive in _DANISH_DEEDS
            for phrase in f"{present}|{infinitive}".split("|")
            for first in phrase.split()[:1]
        )
        | {"gør", "klarer", "tager"},
        _promises_in_danish,
    ),
}
_ROLES: Final = {language: Memo(partial(_roles, promise)) for language, promise in _PROMISES.items()}
