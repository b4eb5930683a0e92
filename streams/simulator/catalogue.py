"""What is sold, to whom, and which brands are dropped: products, customers, brands. All of it is invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal

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
    colleague: str
    """Who joins the contact where a decision takes two."""
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
    contact, colleague = (
        f"{first} {person.choice(_LAST_NAMES[language])}"
        for first in person.sample(_FIRST_NAMES[language], 2)
    )
    suffix = person.choice(("A/S", "ApS")) if language == "da" else person.choice(("Ltd", "Group"))
    number = head * len(tails) + tail
    return Customer(
        f"account-{language}-{number:03}",
        f"{heads[head]} {tails[tail]} {suffix}",
        contact,
        colleague,
        language,
    )
