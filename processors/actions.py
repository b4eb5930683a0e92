"""Finds action items: sentences in which the speaker promises to do something ("I'll send you", "jeg sender").

Wishes, offers and requests ("could you send", "skal jeg sende") are none, and neither is what was done already.
Rules, no model; what they reach stands in docs/accuracy.md. Pure.
"""

import re
from dataclasses import dataclass
from typing import Final

from processors.keywords import primary_language
from processors.questions import placed_sentences


@dataclass(frozen=True, slots=True)
class ActionItem:
    """A sentence that promises something; `start` is its first character's offset in the text."""

    sentence: str
    start: int


def find_actions(text: str, language: str | None) -> list[ActionItem]:
    """The action items of `text`, in order. `language` is a BCP 47 tag; only Danish and English promise here."""
    promise = _PROMISES.get(primary_language(language) or "")
    if promise is None:
        return []
    said = _normalise(text).split()
    if promise.speakers.isdisjoint(said) or promise.deeds.isdisjoint(said):
        return []
    return [
        ActionItem(sentence, start)
        for sentence, start in placed_sentences(text)
        if promise.pattern.search(_normalise(sentence))
    ]


@dataclass(frozen=True, slots=True)
class _Promise:
    """How a language promises; a text without a speaker's or a deed's word is not searched."""

    speakers: frozenset[str]
    deeds: frozenset[str]
    pattern: re.Pattern[str]


def _normalise(text: str) -> str:
    return text.lower().replace("’", "'")


_ENGLISH_DEED: Final = r"""
    send | e-?mail | mail | forward | resend | ship | deliver | share | attach | upload | write | draft | submit
  | call\ (?:you|them|him|her|back|again|on|tomorrow|next) | ring\ (?:you|back) | give\ (?:you|them|him|her)\ a
  | get\ (?:back|this|that|it|these|those|them|you|one|someone|in\ touch) | come\ back | circle\ back
  | follow\ up | reach\ out | let\ you\ know | keep\ you | loop | copy | invite | introduce | connect\ you | transfer
  | check | look\ (?:into|that|it|this|up|at) | take\ (?:a\ look|care|that|this\ up) | find\ out
  | see\ if\ (?:i|we)\ can
  | investigate | ask | talk\ (?:to|with) | speak\ (?:to|with) | contact | run\ (?:this|that|it)\ by | work\ on
  | set\ (?:up|it|that|this) | schedule | book | arrange | reserve | order | prepare | put\ (?:together|it|that|you|in)
  | create | open\ (?:a|the)\ (?:ticket|case) | file | process | cancel | refund | credit | fix | update | add | include
  | make\ (?:sure|a\ note|that) | note | confirm | do\ (?:that|it|this|so) | provide | bring | pass\ (?:it|that|this|on)
"""
_ENGLISH: Final = re.compile(
    rf"""\b(?:
      (?:i|we)(?:'ll|\ will|\ shall|'m\ going\ to|'re\ going\ to|\ am\ going\ to|\ are\ going\ to|'m\ gonna|'re\ gonna)
      (?:\ (?:just|also|then|definitely|certainly|personally|gladly|go\ ahead\ and|be\ sure\ to|make\ sure\ to
        |try\ to|try\ and|have\ to|get\ to\ work\ and|quickly|right\ away))*
      \ (?:{_ENGLISH_DEED})
    | ill\ (?:send|call|email|check|get\ back|follow\ up)
    | let\ me\ (?:just\ |go\ and\ )?(?:send|e-?mail|check\ (?:with|on)|get\ back|follow\ up|find\ out|look\ into)
    | (?:i'm|i\ am|we're|we\ are)\ (?:just\ |now\ |also\ )?(?:sending|e-?mailing|mailing|forwarding|shipping)
    )\b""",
    re.VERBOSE,
)

# Present tense, what belongs to it behind the subject, infinitive: "jeg følger op", "så følger jeg op".
_DANISH_DEEDS: Final = (
    (
        "sender|mailer|fremsender|oversender|videresender|eftersender",
        "",
        "sende|maile|fremsende|oversende|videresende",
    ),
    ("vender", "tilbage|retur", "vende tilbage|vende retur"),
    ("følger", "op", "følge op"),
    ("sørger", "for", "sørge for"),
    ("giver", "besked|lyd|et kald|et ring", "give (?:dig|jer|ham|hende|dem)"),
    ("finder", "ud af", "finde ud af"),
    ("ringer", "til|tilbage|igen|på|dig|jer|op|i morgen|senere", "ringe"),
    ("skriver", "til|på|dig|jer|en mail|det ned", "skrive"),
    ("laver", "(?:et|en|jeres|dit) [\\w-]+", "lave (?:et|en|jeres|dit)"),
    ("kigger|ser", "på det|på den|på sagen|nærmere", "kigge på|se på"),
    (
        "taler|snakker",
        "(?:lige )?med (?:min|vores|ham|hende|dem|teknik\\w*|økonomi\\w*|lageret)",
        "tale med|snakke med",
    ),
    ("spørger", "ham|hende|dem|min|vores|teknik[\\w]*|lageret|internt", "spørge"),
    ("får", "sendt|lavet|booket|undersøgt|tjekket|oprettet|styr på|rettet|ordnet|opdateret|afklaret", "få"),
    ("tager", "fat i|kontakt|det med|den med", "tage fat i|tage kontakt|tage det med"),
    ("sætter", "op|et møde|dig i|jer i|i gang|på sagen", "sætte"),
    ("undersøger|tjekker|checker|afklarer|forbereder", "", "undersøge|tjekke|checke|afklare|forberede"),
    ("booker|indkalder|inviterer|reserverer|bestiller", "", "booke|indkalde|invitere|reservere|bestille"),
    ("ordner|fikser|retter|opdaterer|opretter|tilføjer", "", "ordne|fikse|rette|opdatere|oprette|tilføje"),
    ("kontakter|bekræfter|noterer|annullerer", "", "kontakte|bekræfte|notere|annullere"),
    ("udarbejder", "", "udarbejde"),
)


def _danish_promises() -> str:
    """ "jeg sender", "så sender jeg" (not in front, where it asks), "jeg skal nok sende", "lad mig sende"."""
    straight, turned, infinitives = [], [], []
    for present, rest, infinitive in _DANISH_DEEDS:
        tail = rf"(?: [\w-]+){{0,3}}? (?:{rest})" if rest else ""
        straight.append(rf"(?:{present}){tail}")
        turned.append(rf"(?:{present}) (?:jeg|vi){tail}")
        infinitives.append(infinitive)
    not_now = r"(?! (?:\w+ )?(?:ikke|aldrig|altid|normalt|typisk|ofte|hver)\b)"
    return (
        rf"\b(?:jeg|vi) (?:lige |så |selvfølgelig |straks )?(?:{'|'.join(straight)})\b{not_now}"
        rf"|(?<=[\wæøå,] )(?:{'|'.join(turned)})\b{not_now}"
        rf"|\b(?:(?:jeg|vi) (?:skal nok|vil|skal lige|kommer til at|prøver at)|(?:skal|vil) (?:jeg|vi) nok"
        rf"|lad mig) (?:lige |så |også |straks |prøve at )*(?:{'|'.join(infinitives)})\b"
        rf"|(?<!hvis )\bdet (?:gør|klarer|ordner|fikser|tager|undersøger) (?:jeg|vi)\b"
    )


_DANISH: Final = re.compile(_danish_promises())
_PROMISES: Final = {
    "en": _Promise(
        frozenset({"i", "we", "i'll", "we'll", "i'm", "we're", "ill", "let"}),
        frozenset(
            {"i'll", "we'll", "will", "shall", "going", "gonna", "ill", "let"}
            | {"sending", "emailing", "e-mailing", "mailing", "forwarding", "shipping"}
        ),
        _ENGLISH,
    ),
    "da": _Promise(
        frozenset(word + mark for word in ("jeg", "vi", "mig") for mark in ("", ".", ",", "!")),
        frozenset(
            first
            for present, _, infinitive in _DANISH_DEEDS
            for phrase in f"{present}|{infinitive}".split("|")
            for first in phrase.split()[:1]
        )
        | {"gør", "klarer", "tager"},
        _DANISH,
    ),
}
