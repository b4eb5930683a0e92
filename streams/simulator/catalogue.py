"""What is sold and what is talked about: products, trackers, competitors, brands, customers. All of it is invented."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Literal

from schemas.events import TrackerChanged, TrackerKind

SpokenLanguage = Literal["da", "en"]
COMPANY = "Fjordtek"


def listed(text: str) -> tuple[str, ...]:
    """The names in a text that separates them by commas."""
    return tuple(text.split(", "))


@dataclass(frozen=True, slots=True)
class Product:
    """Something that a deal is about; `value` is a usual contract in DKK."""

    name: str
    family: Literal["machine", "studio", "flow", "care"]
    value: int
    share: float


PRODUCTS = (
    Product("Fjord 300", "machine", 24_000, 0.28),
    Product("Fjord 500", "machine", 52_000, 0.27),
    Product("Fjord 700", "machine", 96_000, 0.12),
    Product("Fjord Studio", "studio", 145_000, 0.07),
    Product("Fjord Flow", "flow", 38_000, 0.16),
    Product("Fjord Care", "care", 21_000, 0.10),
)


OWN_NAMES = (COMPANY, *(product.name for product in PRODUCTS))
"""What the simulated company and its products are called: no other brands, whoever says them."""


@dataclass(frozen=True)
class Tracker:
    """A keyword or competitor, with every written form that the scripts use for it."""

    tracker_id: str
    name: str
    kind: TrackerKind
    aliases: tuple[str, ...]
    forms: tuple[str, ...]
    """Lower-case surface forms, name and aliases among them."""

    @cached_property
    def event(self) -> TrackerChanged:
        """The event that makes the product listen for it."""
        return TrackerChanged(
            tracker_id=self.tracker_id, name=self.name, kind=self.kind, aliases=self.aliases
        )


def _tracker(kind: TrackerKind, name: str, aliases: str = "", forms: str = "") -> Tracker:
    split_aliases = listed(aliases) if aliases else ()
    inflected = listed(forms) if forms else ()
    every_form = dict.fromkeys(form.lower() for form in (name, *split_aliases, *inflected))
    return Tracker(name.lower().replace(" ", "-"), name, kind, split_aliases, tuple(every_form))


KEYWORDS = (
    _tracker("keyword", "toner", "", "toneren, tonere, toners, tonerkassette, tonerkassetter, tonerforbrug"),
    _tracker(
        "keyword",
        "leasing",
        "lease",
        "leases, leased, leasingen, leasingaftale, leasingaftalen, leasingydelse",
    ),
    _tracker(
        "keyword",
        "serviceaftale",
        "service agreement",
        "serviceaftalen, serviceaftaler, serviceaftalerne, service agreements",
    ),
    _tracker(
        "keyword",
        "pris",
        "price",
        "prisen, priser, priserne, prisniveau, prisliste, prices, priced, pricing",
    ),
    _tracker("keyword", "rabat", "discount", "rabatten, rabatter, discounts, discounted"),
    _tracker(
        "keyword", "levering", "delivery", "leveringen, leveringstid, leveringstiden, leveringer, deliveries"
    ),
    _tracker("keyword", "papirstop", "paper jam", "papirstoppet, papirstoppene, paper jams"),
    _tracker("keyword", "nedetid", "downtime", "nedetiden"),
    _tracker("keyword", "scanner", "", "scanneren, scannere, scannerne, scanners"),
    _tracker("keyword", "sikkerhed", "security", "sikkerheden, sikkerhedskrav, sikkerhedskravene"),
    _tracker("keyword", "GDPR"),
    _tracker("keyword", "bæredygtighed", "sustainability", "bæredygtigheden, bæredygtighedsrapport"),
    _tracker(
        "keyword", "farveprint", "colour printing", "farveprintet, farveprintene, colour print, colour prints"
    ),
    _tracker("keyword", "follow-me print", "follow me print, followme print", ""),
    _tracker("keyword", "opsigelse", "termination", "opsigelsen, opsigelsesvarsel, opsigelsesvarslet"),
    _tracker(
        "keyword",
        "kontrakt",
        "contract",
        "kontrakten, kontrakter, kontrakterne, kontraktperiode, kontraktperioden, contracts",
    ),
    _tracker(
        "keyword", "budget", "", "budgettet, budgetter, budgetter, budgetåret, budgettal, budgets, budgeted"
    ),
    _tracker(
        "keyword",
        "3D-printer",
        "3D printer, tre D printer, three D printer",
        "3d-printeren, 3d-printere, 3d printers, 3d-printers",
    ),
    _tracker(
        "keyword",
        "installation",
        "",
        "installationen, installationer, installations, install, installs, installed, installing",
    ),
    _tracker("keyword", "it-afdeling", "IT department", "it-afdelingen"),
)
COMPETITORS = (
    _tracker(
        "competitor",
        "Kontrona 360",
        "kontrona, kontrona three sixty, kontrona tre hundrede tres, kontrona tre tres",
    ),
    _tracker("competitor", "Balderprint", "balder print"),
    _tracker("competitor", "Veltrix", "vel tricks"),
    _tracker("competitor", "Norddokument", "nord dokument"),
    _tracker("competitor", "Inkvello", "ink vello"),
    _tracker("competitor", "Paprio", "pap rio"),
    _tracker("competitor", "Tymora Office", "tymora, timora office"),
)
TRACKERS = KEYWORDS + COMPETITORS

_TRACKER_OF_FORM = {form: tracker.tracker_id for tracker in TRACKERS for form in tracker.forms}
_ANY_FORM = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(map(re.escape, sorted(_TRACKER_OF_FORM, key=len, reverse=True)))
    + r")(?![\w-])"
)


def mentions(text: str) -> list[str]:
    """The trackers that a text mentions, one entry a mention, in order; the longest form at a place counts."""
    return [_TRACKER_OF_FORM[match.group()] for match in _ANY_FORM.finditer(text.lower())]


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


BRANDS = listed(
    "DocuNest, Zenfile, Signaro, Papyrell, Faktoro, Mailvik, Skylane, Lumaboard, Vaultik, Ordrio, Planora, "
    "Scanbridge, Kvittando, Arkivio, Trivento, Cloudlade, Formsy, Opticore, Lagerlys, Bluecrate, Teamsko, "
    "Printwise, Notarium, Grafikon, Datavik, Loopdesk, Stemplify, Boxella, Arbejdsro, Kontorix"
)
"""Names that customers drop and nobody tracks; a world lets them appear one after another."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A company that is called, and the person who answers there."""

    customer_id: str
    name: str
    contact: str
    language: SpokenLanguage

    @property
    def first_name(self) -> str:
        return self.contact.split()[0]


_COMPANY_PARTS: Mapping[SpokenLanguage, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "da": (
        listed(
            "Nordlys, Vesterbro, Fjordby, Holm & Skov, Lindegaard, Strandvejens, Møllehøj, Egebjerg, "
            "Kystens, Hede & Søn, Rosendal, Stenbæk, Havnens, Bøgely, Nørregade, Skovlund, Aabakken, "
            "Kildevang, Thorup, Sønderskov, Birkely, Fuglsang, Klintholm, Vangede"
        ),
        listed(
            "Arkitekter, Revision, Advokater, Ejendomme, Tandklinik, Friskole, Byg, Transport, VVS, "
            "Grafisk, Bogføring, Møbler, Kommunikation, Lægehus, Entreprise, Forsikring"
        ),
    ),
    "en": (
        listed(
            "Harbourline, Brightwell, Oakridge, Northgate, Silverbrook, Fairmont, Kestrel, Willow & Hart, "
            "Redwood, Millstone, Castlegate, Bluefield, Thornbury, Easton, Larkhill, Granite Bay"
        ),
        listed(
            "Logistics, Dental, Surveyors, Legal, Architects, Insurance, Foods, Marine, Engineering, "
            "Academy, Properties, Travel, Accounting, Interiors"
        ),
    ),
}
_FIRST_NAMES: Mapping[SpokenLanguage, tuple[str, ...]] = {
    "da": listed(
        "Karen, Søren, Lene, Henrik, Pia, Morten, Bente, Jesper, Anne, Lars, Hanne, Thomas, Gitte, Kasper, "
        "Dorthe, Ole, Charlotte, Claus, Mette, Flemming, Louise, Torben, Rikke, Niels"
    ),
    "en": listed(
        "Alice, Graham, Priya, Daniel, Fiona, Marcus, Helen, Owen, Sarah, Patrick, Joanne, Victor, Naomi, "
        "Colin, Grace, Simon, Tessa, Leon"
    ),
}
_LAST_NAMES: Mapping[SpokenLanguage, tuple[str, ...]] = {
    "da": listed(
        "Holm, Kjær, Lund, Mogensen, Dahl, Bach, Friis, Vestergaard, Krogh, Winther, Bruun, Juhl, Nygaard, "
        "Toft, Brandt, Ravn, Skou, Lauridsen"
    ),
    "en": listed(
        "Whitaker, Osborne, Patel, Reeves, Callahan, Mercer, Doyle, Hughes, Fletcher, Nair, Barlow, "
        "Sinclair, Moss, Tran"
    ),
}


def make_customer(rng: Random, language: SpokenLanguage) -> Customer:
    """A customer out of some hundreds; the same company always has the same id."""
    heads, tails = _COMPANY_PARTS[language]
    head, tail = rng.randrange(len(heads)), rng.randrange(len(tails))
    person = Random(f"{language}{head}/{tail}")
    contact = f"{person.choice(_FIRST_NAMES[language])} {person.choice(_LAST_NAMES[language])}"
    suffix = person.choice(("A/S", "ApS")) if language == "da" else person.choice(("Ltd", "Group"))
    number = head * len(tails) + tail
    return Customer(
        f"account-{language}-{number:03}", f"{heads[head]} {tails[tail]} {suffix}", contact, language
    )
