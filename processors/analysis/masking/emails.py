"""E-mail addresses, written ("mia [at] nordlys [dot] dk") and said ("mia snabel-a nordlys punktum dk").

From each sign that may be an "@" the address is read to both sides, a bounded number of tokens.
"""

import re
from typing import Final

from processors.analysis.masking.kinds import EMAIL
from processors.analysis.masking.spoken import READERS
from processors.analysis.masking.tokens import Token, tokenise
from processors.lang import word_set
from processors.lang.da import words as danish_words
from processors.lang.da.private_numbers import PRIVATE_NUMBERS as DANISH
from processors.lang.en import words as english_words
from processors.lang.en.private_numbers import PRIVATE_NUMBERS as ENGLISH
from processors.lang.names import persons

MAX_PARTS: Final = 16  # of what stands before or behind the "@", marks and said links included
_TOP_LEVEL: Final = word_set("""
    com net org edu gov int info biz name pro app dev io ai co me tv cc cloud online site store shop tech eu dk se no
    fi is de at ch nl be fr es it pt pl cz sk hu ro bg gr ie uk us ca au nz in jp cn br mx ru ua lt lv ee gl fo li lu
    group agency digital email software solutions systems company consulting academy network media nu aero museum
    """)
_BARE_ENDS: Final = word_set("dk com org net eu io")
_PROVIDERS: Final = word_set(
    "gmail googlemail hotmail outlook yahoo icloud live protonmail proton gmx aol jubii stofanet ofir"
)
_SAID_AT: Final = frozenset(tuple(said.split()) for said in (*DANISH.at_signs, *ENGLISH.at_signs))
_AT_FIRSTS: Final = frozenset(said[0] for said in _SAID_AT)
_DOTS: Final = DANISH.dots | ENGLISH.dots
_LINKS: Final = DANISH.links | ENGLISH.links
_OPENING, _CLOSING = frozenset("[({<"), frozenset("])}>")
_WRITTEN_WITHIN: Final = frozenset("._-+%'#&=~/")
_ORDINARY: Final = (
    english_words.FUNCTION_WORDS
    | english_words.EVERYDAY_WORDS
    | danish_words.FUNCTION_WORDS
    | danish_words.EVERYDAY_WORDS
    | word_set(
        "look looked looking looks arrive arrived work works worked working tror synes ved siger sagde hører mener"
        " ser sikker glad godt vist viser everybody folks"
    )
) - (
    persons.FIRST_NAMES
    | word_set("info sales salg support kontakt contact hello hej mail post office kontor admin hr it")
)
_CUE: Final = re.compile(rf"(?<!\w)(?:{DANISH.address_cue}|{ENGLISH.address_cue})(?!\w)")
_CUE_REACH: Final = 60  # characters
_SAID: Final = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(sorted(_AT_FIRSTS | {'at'}, key=len, reverse=True))})(?![^\W_])"
)
_ENDING: Final = re.compile(
    rf"[\w\])}}]\s*[\[({{<]?(?:\.|(?<!\w)(?:{'|'.join(sorted(_DOTS))})(?!\w))[\])}}>]?\s*\w|[\[({{<]\s*at|(?<!\w)(?:{'|'.join(sorted(_PROVIDERS))})(?!\w)"
)
_DOTS_AND_LINKS: Final = frozenset(_DOTS) | frozenset(_LINKS)
AT_WORDS: Final = _AT_FIRSTS - {"at"}
"""Words that an "@" is said with, all but "at"."""
DOMAIN_WORDS: Final = (
    _DOTS_AND_LINKS | _PROVIDERS | frozenset(said[-1] for said in _SAID_AT if said[0] == "at")
)
"""Words without which, or marks, an "at" is no "@"."""

_OTHER_SIGNS: Final = ("%40", "\uff20", "\ufe6b")
"""How else an "@" is written: in addresses, and by keyboards with wide and small letters."""


def mask_emails(text: str) -> str:
    """`text` with each e-mail address replaced by [email]."""
    for sign in _OTHER_SIGNS:
        if sign in text:
            text = text.replace(sign, "@")
    lower = text.lower()
    if "@" not in text and not _may_be_said(lower):
        return text
    tokens = tokenise(text)
    pieces: list[str] = []
    end = at = done = 0
    while at < len(tokens):
        if found := _address(text, lower, tokens, at, done):
            first, beyond = found
            pieces += [text[end : tokens[first].start], EMAIL]
            end = tokens[beyond - 1].end
            at = done = beyond
        else:
            at += 1
    return "".join((*pieces, text[end:])) if pieces else text


def _may_be_said(lower: str) -> bool:
    """Whether words may stand for an "@": an "at" only where something ends like an address as well."""
    said = {match[0] for match in _SAID.finditer(lower)}
    return bool(said) and (said != {"at"} or _ENDING.search(lower) is not None)


def _address(text: str, lower: str, tokens: list[Token], at: int, done: int) -> tuple[int, int] | None:
    """The tokens, first and behind the last, of the address whose "@" is the token `at`; None when it is none."""
    behind, explicit = _at_sign(tokens, at)
    if behind == at:
        return None
    begin = at
    while begin > done and tokens[begin - 1].lower in _OPENING:
        begin -= 1
    bracketed = begin < at and behind < len(tokens) and tokens[behind].lower in _CLOSING
    if begin < at and not bracketed:
        return None  # "(at least"
    while bracketed and behind < len(tokens) and tokens[behind].lower in _CLOSING:
        behind += 1
    explicit = explicit or bracketed
    sign = tokens[at].lower == "@"
    local = _local_start(tokens, begin, done)
    glued = sign and local < begin and tokens[begin - 1].end == tokens[at].start
    beyond, ends_well = _domain_end(tokens, behind, said=not sign)
    if local == begin or beyond == behind:
        return None
    if glued and tokens[behind].start == tokens[behind - 1].end:
        return local, beyond
    if sign:  # "per @ contoso.dk", but not "meet @ 10.30"
        return (local, beyond) if ends_well else None
    if explicit:
        if not ends_well and beyond < len(tokens) and tokens[beyond].lower in _BARE_ENDS:
            beyond += 1  # "nordlys dk"
        return local, beyond
    provider = tokens[behind].lower in _PROVIDERS
    if not (ends_well or provider):
        return None
    start = tokens[local].start
    cued = _CUE.search(lower, max(0, start - _CUE_REACH), tokens[begin - 1].end) is not None
    return (local, beyond) if _is_local(tokens[local:begin], cued=cued) else None


def _is_local(said: list[Token], *, cued: bool) -> bool:
    """Whether words before an "at" are an address' first part: not "we looked at monday dot com"."""
    last = said[-1].lower
    if len(said) > 1 or last.isdecimal() or len(last) == 1:
        return True
    return last not in _ORDINARY or (cued and last not in _FUNCTION)


_FUNCTION: Final = english_words.FUNCTION_WORDS | danish_words.FUNCTION_WORDS


def _at_sign(tokens: list[Token], at: int) -> tuple[int, bool]:
    """The place behind the "@" that begins at `at`, or `at` when none does; whether it can be nothing else."""
    word = tokens[at].lower
    if word == "@":
        return at + 1, True
    if word in _AT_FIRSTS:
        said: list[str] = []
        found = at
        for place in range(at, min(at + 5, len(tokens))):
            if tokens[place].lower not in ("-", "‑"):
                said.append(tokens[place].lower)
                if tuple(said) in _SAID_AT:
                    found = place + 1
        if found > at:
            return found, True
    return (at + 1, False) if word == "at" else (at, False)


def _is_word(token: Token) -> bool:
    return token.lower[0].isalnum()


def _is_number(token: Token) -> bool:
    """Whether a word is a number's, and mostly nothing else."""
    word = token.lower
    return any(word in reader.values and word not in reader.ambiguous for reader in READERS)


def _is_glued(tokens: list[Token], at: int) -> bool:
    """Whether no blank stands before a token."""
    return tokens[at].start == tokens[at - 1].end


def _is_within(tokens: list[Token], at: int) -> bool:
    """Whether no blank stands on either side of a token."""
    return _is_glued(tokens, at) and at + 1 < len(tokens) and _is_glued(tokens, at + 1)


def _dot_end(tokens: list[Token], at: int) -> int:
    """The place behind the full stop at `at`, written, said or in brackets; `at` when there is none."""
    if at >= len(tokens):
        return at
    word = tokens[at].lower
    if word == "." or word in _DOTS:
        return at + 1
    if word in _OPENING and at + 2 < len(tokens):
        inner = tokens[at + 1].lower
        if inner == "." or inner in _DOTS:
            return at + 3 if tokens[at + 2].lower in _CLOSING else at
    return at


def _local_start(tokens: list[Token], begin: int, done: int) -> int:
    """The place of the first token that belongs to what stands before the "@" at `begin`."""
    first = begin
    while first > done and begin - first < MAX_PARTS * 2:
        before = tokens[first - 1]
        here = tokens[first] if first < len(tokens) else before
        linked = _links_left(tokens, first, done) if first < begin else first
        if linked < first:
            first = linked
        elif first == begin:
            if not _is_word(before) and not (before.end == here.start and before.lower in _WRITTEN_WITHIN):
                break
            first -= 1
        elif before.end == here.start and (_is_word(before) or before.lower in _WRITTEN_WITHIN):
            first -= 1
        elif len(here.lower) == 1 and len(before.lower) == 1 and _is_word(before) and _is_word(here):
            first -= 1  # spelt: "m i a at nordlys"
        elif here.lower.isdecimal() and before.lower.isalpha() and before.lower not in _FUNCTION:
            first -= 1  # "mia 84 at nordlys"
        elif _is_number(here) and (
            _is_number(before) or (before.lower.isalpha() and before.lower not in _ORDINARY)
        ):
            first -= 1  # "mia eighty four at nordlys"
        else:
            break
    while first < begin and not _is_word(tokens[first]):
        first += 1
    return first


def _links_left(tokens: list[Token], first: int, done: int) -> int:
    """The place of the word that a said or written link joins to the token `first`, else `first`."""
    before = tokens[first - 1]
    if before.lower in _DOTS or before.lower in _LINKS or before.lower in "._-+":
        spaced = before.lower in "._-+" and before.end != tokens[first].start
        if not spaced and first - 2 >= done and _is_word(tokens[first - 2]):
            return first - 2
    if before.lower in _CLOSING and first - 4 >= done and tokens[first - 2].lower in _DOTS_AND_LINKS:
        return first - 4 if _is_word(tokens[first - 4]) else first
    return first


def _domain_end(tokens: list[Token], at: int, *, said: bool) -> tuple[int, bool]:
    """The place behind the domain that begins at `at`, and whether it ends like one: ".dk", "punktum d k"."""
    beyond = at
    ends_well = False
    while beyond < len(tokens) and beyond - at < MAX_PARTS * 2:
        if not _is_word(tokens[beyond]):
            break
        if beyond > at and (spelt := _spelt_end(tokens, beyond)):
            beyond, ends_well = spelt, True
        else:
            ends_well = beyond > at and tokens[beyond].lower in _TOP_LEVEL
            beyond += 1
            while beyond < len(tokens) and _is_word(tokens[beyond]) and _is_glued(tokens, beyond):
                beyond, ends_well = beyond + 1, False  # "ev1"
        if beyond < len(tokens) and _is_glue(tokens, beyond):
            beyond += 1
            continue
        dot = _dot_end(tokens, beyond)
        told = dot > beyond and (tokens[dot - 1].lower != "." or _is_within(tokens, beyond))
        if told and dot < len(tokens) and _is_word(tokens[dot]):
            beyond = dot
            continue
        if said and not ends_well and (further := _next_dot(tokens, beyond)):
            beyond = further
            continue
        break
    return beyond, ends_well


def _is_glue(tokens: list[Token], at: int) -> bool:
    """Whether a hyphen, written or said, joins two parts of a domain."""
    if at + 1 >= len(tokens) or not _is_word(tokens[at + 1]):
        return False
    token = tokens[at]
    if token.lower in ("-", "_"):
        return _is_within(tokens, at)
    return token.lower in _LINKS


def _spelt_end(tokens: list[Token], at: int) -> int:
    """The place behind a top level that is spelt: "d k", "c o m"; 0 when none is."""
    for length in (3, 2):
        letters = [token.lower for token in tokens[at : at + length]]
        if (
            len(letters) == length
            and all(len(letter) == 1 for letter in letters)
            and "".join(letters) in _TOP_LEVEL
        ):
            return at + length
    return 0


def _next_dot(tokens: list[Token], at: int) -> int:
    """Where the domain goes on when its name is said in up to three words, "nord lys punktum dk"; 0 when it ends."""
    for place in range(at, min(at + 3, len(tokens))):
        dot = _dot_end(tokens, place)
        if dot > place and tokens[place].lower == "." and not _is_within(tokens, place):
            return 0
        if dot > place:
            known = dot < len(tokens) and (tokens[dot].lower in _TOP_LEVEL or _spelt_end(tokens, dot) > 0)
            return dot if known and place > at - 1 else 0
        if not tokens[place].lower.isalpha():
            return 0
    return 0
