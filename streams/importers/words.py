"""What CRMs call won, lost, a call, a meeting, yes: in Danish and English."""

from __future__ import annotations

import re
from typing import Literal

from schemas.events import ActivityKind, DealState

_WORDS = re.compile(r"[^\W_]+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WON = _set("won closedwon vundet vundne vunden gewonnen")
_LOST = _set("lost closedlost tabt mistet verloren")
_REMOVED = _set("deleted slettet removed")
_OPEN = _set("open åben åbent aktiv active opened igangværende pending offen")
_DOUBTFUL = re.compile(
    r"\b(?:not|never|nearly|almost|verbally|verbal|ikke|næsten|mundtligt|to be|about to be|skal)\s+"
    r"(?:yet\s+|be\s+|closed\s+)*(?:won|lost|vundet|tabt)\b|\b(?:won|vundet|lost|tabt)\s+(?:back|igen|tilbage)\b|\?"
)
_CLOSING = _set(
    """
    closed lukket afsluttet done completed complete finished færdig cancelled canceled annulleret aflyst
    dead disqualified dropped abandoned rejected afvist signed underskrevet ordered ordre order churned
    expired udløbet archived arkiveret invoiced faktureret delivered leveret success succes accepted
    accepteret solgt sold kunde customer declined stopped duplicate
    """
)
_STAGES = _set(
    """
    prospecting prospect qualification qualify qualified qualifiedtobuy kvalificering kvalificer
    kvalificeret appointmentscheduled presentationscheduled decisionmakerboughtin contractsent
    decisionmakers needs analysis value proposition perception proposal price quote negotiation review
    negotiating forhandling tilbud tilbudt udvikl develop propose foreslå discovery demo meeting møde
    scheduled appointment presentation contract sent kontrakt sendt engaging lead leads new ny nye
    identify interest interested interesse contacted kontaktet contact made evaluation evaluering pilot
    poc verbal commit upside pipeline initial first qualifying behov behovsafklaring afdækning
    planlagt præsentation beslutningstager opportunity mulighed kontakt dialog udarbejdes
    """
)

_NAMED: tuple[tuple[DealState, frozenset[str]], ...] = (
    ("won", _WON),
    ("lost", _LOST),
    ("removed", _REMOVED),
)

YES = _set("true yes ja 1 x y j sand wahr ✓ active aktiv enabled checked done udført")
NO = _set("false no nej 0 n falsk falsch inactive inaktiv disabled unchecked to do") | {
    "",
    "to do",
}

STATES: tuple[DealState, ...] = ("open", "won", "lost", "removed")


def folded(text: str) -> str:
    """A value as values are compared: small letters and single blanks."""
    return " ".join(text.casefold().split())


def state_of(text: str) -> DealState | None:
    """What a status or stage amounts to, where its words say it beyond doubt."""
    words = set(_WORDS.findall(folded(text)))
    if _DOUBTFUL.search(folded(text)):
        return None
    found = [state for state, known in _NAMED if words & known]
    if len(found) == 1:
        return found[0]
    if found:
        return None
    if words & _CLOSING:
        return None
    return "open" if words & _OPEN else None


def is_open_stage(text: str) -> bool:
    """Whether a stage is one that open deals are in, as CRMs name them."""
    words = set(_WORDS.findall(folded(text)))
    return bool(words & _STAGES) and not words & _CLOSING


def sounds_closed(text: str) -> bool:
    """Whether a stage may be one where deals end, though its words do not say how."""
    words = set(_WORDS.findall(folded(text)))
    return bool(words & (_CLOSING | _WON | _LOST | _REMOVED))


def truth_of(value: object) -> bool | None:
    """Yes or no, as CRMs write it; None when it is neither."""
    if isinstance(value, bool):
        return value
    text = folded(str(value))
    return True if text in YES else False if text in NO else None


_KINDS: tuple[tuple[ActivityKind, frozenset[str]], ...] = (
    ("email", _set("email e-mail mail mails emails e-mails outlook besked")),
    (
        "phone",
        _set("phone call calls telefon telefonopkald opkald phonecall ring telefonsamtale"),
    ),
    (
        "meeting",
        _set(
            """
    meeting meetings appointment appointments aftale møde møder event visit besøg demo lunch frokost
    kundemøde teams zoom videomøde presentation præsentation kundebesøg
    """
        ),
    ),
)


def activity_kind(text: str) -> ActivityKind | None:
    """What kind of activity a word names; None for one that takes no customer's time, as a task."""
    words = set(re.findall(r"[\w-]+", folded(text)))
    return next((kind for kind, known in _KINDS if words & known), None)


_TOTALS = re.compile(
    r"(?:grand |sub ?)?totals?\b|i alt\b|ialt\b|sum\b|samlet\b|subtotal|gesamt|total:|antal\b|count\b|average\b|avg\b|"
    r"gennemsnit\b",
    re.IGNORECASE,
)
_TOTALS_BEGIN = frozenset("gstiacGSTIAC")
_FOOTERS = re.compile(
    r"confidential|copyright|©|generated|exported|eksporteret|udskrevet|report |rapport|filtered|filter|as of |pr\. |"
    r"page \d|"
    r"side \d|printed|all rights|created by|run by|currency:",
    re.IGNORECASE,
)


def is_total(text: str) -> bool:
    """Whether a cell says that its row adds up others."""
    return text[:1] in _TOTALS_BEGIN and bool(_TOTALS.match(text))


def is_footer(text: str) -> bool:
    """Whether a cell is one of the lines that reports put around a table."""
    return bool(_TOTALS.match(text) or _FOOTERS.match(text))


_GROUP_LINE = re.compile(r"[^:]+:.*\(\d[\d.,]* (?:records?|items?|poster|post)\)", re.IGNORECASE)


def is_group_line(text: str) -> bool:
    """Whether a cell is the line above the rows of a group, with how many there are."""
    return not _TOTALS.match(text) and bool(_GROUP_LINE.fullmatch(text.strip()))


Unit = Literal["minutes", "seconds", "hours"]
_UNITS: tuple[tuple[Unit, frozenset[str]], ...] = (
    (
        "minutes",
        _set(
            "minutes minute min mins minutter minut m actualdurationminutes scheduleddurationminutes durationinminutes"
        ),
    ),
    ("seconds", _set("seconds second sec secs s sekunder sekund sek calldurationinseconds")),
    ("hours", _set("hours hour hrs h timer time t")),
)


def unit_in(text: str) -> Unit | None:
    """The unit that a heading or a cell names."""
    words = set(_WORDS.findall(folded(text)))
    return next((unit for unit, known in _UNITS if words & known), None)
