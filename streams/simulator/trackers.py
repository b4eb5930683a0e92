"""What the simulated company listens for: keywords of its Danish and its English teams, and competitors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from schemas.events import TrackerChanged, TrackerKind
from streams.simulator.catalogue import SpokenLanguage, listed


@dataclass(frozen=True)
class Tracker:
    """A keyword or competitor, with every written form that the scripts use for it."""

    tracker_id: str
    name: str
    kind: TrackerKind
    aliases: tuple[str, ...]
    forms: tuple[str, ...]
    """Lower-case surface forms, name and aliases among them."""
    language: SpokenLanguage | None = None
    """In which it is listened for; None for both."""

    @cached_property
    def event(self) -> TrackerChanged:
        """The event that makes the product listen for it."""
        return TrackerChanged(
            tracker_id=self.tracker_id,
            name=self.name,
            kind=self.kind,
            aliases=self.aliases,
            language=self.language,
        )


def _tracker(
    kind: TrackerKind, language: SpokenLanguage | None, name: str, aliases: str = "", forms: str = ""
) -> Tracker:
    split_aliases = listed(aliases) if aliases else ()
    inflected = listed(forms) if forms else ()
    every_form = dict.fromkeys(form.lower() for form in (name, *split_aliases, *inflected))
    tracker_id = name.lower().replace(" ", "-")
    return Tracker(tracker_id, name, kind, split_aliases, tuple(every_form), language)


def _both(name: str, aliases: str = "", forms: str = "") -> Tracker:
    return _tracker("keyword", None, name, aliases, forms)


def _danish(name: str, forms: str = "") -> Tracker:
    return _tracker("keyword", "da", name, "", forms)


def _english(name: str, forms: str = "", aliases: str = "") -> Tracker:
    return _tracker("keyword", "en", name, aliases, forms)


def _competitor(name: str, aliases: str) -> Tracker:
    return _tracker("competitor", None, name, aliases)


KEYWORDS = (
    _both("toner", "", "toneren, tonere, toners, tonerkassette, tonerkassetter, tonerforbrug"),
    _both("scanner", "", "scanneren, scannere, scannerne, scanners"),
    _both("GDPR"),
    _both("follow-me print", "follow me print, followme print"),
    _both("budget", "", "budgettet, budgetter, budgetåret, budgettal, budgets, budgeted"),
    _both(
        "3D-printer",
        "3D printer, tre D printer, three D printer",
        "3d-printeren, 3d-printere, 3d printers, 3d-printers",
    ),
    _both(
        "installation",
        "",
        "installationen, installationer, installations, install, installs, installed, installing",
    ),
    _danish("leasing", "leasingen, leasingaftale, leasingaftalen, leasingydelse"),
    _danish("serviceaftale", "serviceaftalen, serviceaftaler, serviceaftalerne"),
    _danish("pris", "prisen, priser, priserne, prisniveau, prisliste"),
    _danish("rabat", "rabatten, rabatter"),
    _danish("levering", "leveringen, leveringstid, leveringstiden, leveringer"),
    _danish("papirstop", "papirstoppet, papirstoppene"),
    _danish("nedetid", "nedetiden"),
    _danish("sikkerhed", "sikkerheden, sikkerhedskrav, sikkerhedskravene"),
    _danish("bæredygtighed", "bæredygtigheden, bæredygtighedsrapport"),
    _danish("farveprint", "farveprintet, farveprintene"),
    _danish("opsigelse", "opsigelsen, opsigelsesvarsel, opsigelsesvarslet"),
    _danish("kontrakt", "kontrakten, kontrakter, kontrakterne, kontraktperiode, kontraktperioden"),
    _danish("it-afdeling", "it-afdelingen"),
    _english("lease", "leases, leased"),
    _english("service agreement", "service agreements"),
    _english("price", "prices, priced, pricing"),
    _english("discount", "discounts, discounted"),
    _english("delivery", "deliveries"),
    _english("paper jam", "paper jams"),
    _english("downtime"),
    _english("security"),
    _english("sustainability"),
    _english("colour printing", "colour print, colour prints", "color printing"),
    _english("termination"),
    _english("contract", "contracts"),
    _english("IT department", "it departments"),
)
"""Words that are the same in both languages are one tracker."""
COMPETITORS = (
    _competitor(
        "Kontrona 360", "kontrona, kontrona three sixty, kontrona tre hundrede tres, kontrona tre tres"
    ),
    _competitor("Balderprint", "balder print"),
    _competitor("Veltrix", "vel tricks"),
    _competitor("Norddokument", "nord dokument"),
    _competitor("Inkvello", "ink vello"),
    _competitor("Paprio", "pap rio"),
    _competitor("Tymora Office", "tymora, timora office"),
)
TRACKERS = KEYWORDS + COMPETITORS


def heard_in(language: SpokenLanguage) -> Sequence[Tracker]:
    """The trackers that are listened for in a language."""
    return [tracker for tracker in TRACKERS if tracker.language in (None, language)]


class _Forms:
    """Every form of the trackers of a language, and a pattern that finds the longest at a place."""

    def __init__(self, language: SpokenLanguage) -> None:
        self.trackers = {form: tracker.tracker_id for tracker in heard_in(language) for form in tracker.forms}
        longest_first = sorted(self.trackers, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


_FORMS: Mapping[SpokenLanguage, _Forms] = {"da": _Forms("da"), "en": _Forms("en")}


def mentions(text: str, language: SpokenLanguage) -> list[str]:
    """The trackers that a text mentions, one entry a mention, in order; the longest form at a place counts."""
    forms = _FORMS[language]
    return [forms.trackers[match.group()] for match in forms.pattern.finditer(text.lower())]


_SPOKEN_COMPETITORS: Mapping[SpokenLanguage, Mapping[str, tuple[str, ...]]] = {
    "da": {
        "Kontrona 360": ("Kontrona 360", "Kontrona", "Kontrona tre hundrede tres", "kontrona tre tres"),
        "Balderprint": ("Balderprint", "Balderprint", "Balder Print"),
        "Veltrix": ("Veltrix", "Veltrix", "vel tricks"),
        "Norddokument": ("Norddokument", "Norddokument", "Nord Dokument"),
        "Inkvello": ("Inkvello", "Ink Vello"),
        "Paprio": ("Paprio", "Paprio", "pap rio"),
        "Tymora Office": ("Tymora Office", "Tymora", "timora office"),
    },
    "en": {
        "Kontrona 360": ("Kontrona 360", "Kontrona", "kontrona three sixty"),
        "Balderprint": ("Balderprint", "Balder Print"),
        "Veltrix": ("Veltrix", "Veltrix", "vel tricks"),
        "Norddokument": ("Norddokument", "Nord Dokument"),
        "Inkvello": ("Inkvello", "Inkvello", "ink vello"),
        "Paprio": ("Paprio", "Paprio", "pap rio"),
        "Tymora Office": ("Tymora Office", "Tymora", "timora office"),
    },
}


def spoken_competitor(rng: Random, language: SpokenLanguage, name: str) -> str:
    """A competitor's name as speech-to-text writes it this time."""
    return rng.choice(_SPOKEN_COMPETITORS[language][name])
