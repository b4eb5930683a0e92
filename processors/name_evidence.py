"""What speaks for and against a run of words being the name of a company, a product or an organization.

A linear model over hand-made features. Its weights come from a logistic regression over the training part of
WNUT 2017 (Derczynski et al., "Emerging and Rare Entity Recognition", CC BY 4.0) and over sales sentences of our own,
rounded; what must never be taken for a brand (a person, a place, a date) has weights set by hand. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from processors.text import Word
from processors.wordlists import brands, danish, english, persons, places, word_set

EVERYDAY: Final = (
    english.FUNCTION_WORDS | english.EVERYDAY_WORDS | danish.FUNCTION_WORDS | danish.EVERYDAY_WORDS
) - brands.AMBIGUOUS_BRANDS
BRANDS: Final = frozenset(name for name in brands.BRANDS if "_" not in name)
LONG_BRANDS: Final = frozenset(tuple(name.split("_")) for name in brands.BRANDS if "_" in name)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Neighbouring words that may be one name; `before` and `after` are the lower-case words around it."""

    words: tuple[Word, ...]
    before: tuple[str, str]
    after: str
    opens_sentence: bool
    tidy: bool  # the text has its capitals where they are due, so that another one tells of a name
    only_capital: bool  # the text has no capital but the one it begins with
    in_phrase: bool  # "we switched to ..."


_REMEMBERED: Final = 10_000
"""Candidates, and pairs of words before one, of which it is remembered what they tell."""
_BIAS: Final = -1.5
_WEIGHTS: Final = {
    # the name itself
    "well-known brand": 1.8,
    "brand in it": 0.8,
    "brand that is a word": 1.2,
    "brand that is a word, opens": -1.5,
    "legal form": 3.0,
    "organization noun": 3.5,
    "letters and digits": 1.5,
    "capital inside": 1.5,
    "number behind": 0.5,
    "genitive": 0.8,
    "odd, inside a sentence": 1.1,
    "odd, inside a tidy sentence": 1.5,
    "odd, opens": 0.3,
    "odd, opens, with a verb": 0.4,
    "only capital": -0.5,
    "one word": -0.6,
    "two words": 0.6,
    "three words": -0.9,
    "two odd words": -0.5,
    "all odd": -0.8,
    "everyday": -1.3,
    "everyday, opens": -1.3,
    "partly everyday": -1.2,
    "ordinary ending": -0.3,
    "short": -1.8,
    "number": -5.0,
    "common abbreviation": -6.0,
    # the words around it
    "in a phrase": 0.8,
    "use": 2.4,
    "from": 3.0,
    "versus": 2.5,
    "with": 1.5,
    "and": 1.7,
    "on": 1.1,
    "at": 0.7,
    "about": 0.4,
    "the": 0.5,
    "determiner": 1.3,
    "product noun": 1.8,
    "product noun before": 1.3,
    "verb": 0.6,
    "brand verb": 2.3,
    "in": -0.8,
    # persons, places, the calendar
    "first name": -2.5,
    "person's two names": -2.5,
    "family name": -1.5,
    "greeting": -2.0,
    "title": -3.0,
    "place": -4.0,
    "place in it": -0.3,
    "place noun": -1.5,
    "place ending": -1.0,
    "nationality": -1.5,
    "calendar": -4.0,
}

_CAMEL: Final = re.compile(r"[a-zæøå][A-ZÆØÅ]|[A-ZÆØÅ]{2}[a-zæøå]{2}")
_MIXED: Final = re.compile(r"[^\W\d_]-?\d|\d-?[^\W\d_]")
_MEASURE: Final = re.compile(
    r"\d+(?:st|nd|rd|th|s|am|pm|kr|k|m|mm|cm|km|kg|x|gb|tb|mb|min|h|d)", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_FAMILY_ENDING: Final = re.compile(r"[a-zæøå]{3}(?:sen|sson)$")
_ORDINARY_ENDING: Final = re.compile(
    r"\w{3}(?:ing|ed|ly|tion|tions|ness|ment|ments|ful|able|ous|ive|ings|ers|ies|est|ning|ningen|ninger|else|elsen"
    r"|hed|heden|lig|ligt|lige|isk|iske|ede|ende|erne|ene|eren|erens|skab|elige|et|en|ens)$"
)
_EVERYDAY_ENDS: Final = frozenset(word[-5:] for word in EVERYDAY if len(word) >= 5)
_DANISH_LEGAL_FORMS: Final = frozenset({("a", "s"), ("p", "s"), ("k", "s"), ("i", "s")})  # words of "A/S"


_ABBREVIATIONS: Final = word_set(
    "tv pc dvd cd usb lol omg wtf id ok okay faq pdf sms gps diy rip asap atm ceo cfo cto cio hr it pr vp sec usa uk us"
    " eu un uae nyc la dc am pm gmt ai roi kpi sla crm erp api pii cpr cvr edb edi pin sim cv gb mb kr dkk eur usd gbp"
    " ad bc aka fyi imo imho smh lmao lmfao rofl idk tbh btw nsfw irl af dj mc mvp xoxo xd yolo ft rt dm tl fb op gdpr"
    " iso nda rfp rfq poc tco arr mrr sso vpn hms cms seo ssl iot vr ui ux qa okr pos wifi"
    " 2d 3d 4k a4 a3 b2b b2c co2 mp3 h2o"
)
_USE: Final = word_set(
    "use uses used using buy buys bought buying own owns install installed installing run runs running try tried trying"
    " download downloaded play played playing drive drives drove wear wears switched moved migrated love loved like"
    " likes recommend prefer called named bruger brugte købte køber har haft kører hedder prøvet prøvede skiftet"
    " skiftet anvender benytter have has get gets getting choose chose chosen choosing suggest suggested consider"
    " considering integrate connect vælge vælger valgte valgt overvejer overvejede foreslog foreslår opgav opgive fik"
    " fået får bestilt integrere"
)
_DETERMINERS: Final = word_set(
    "a an my your our his her their this that these those new old en et min mit mine din dit jeres vores deres hans"
    " hendes den det denne dette nye ny"
)
_VERSUS: Final = word_set(
    "versus vs than like competitor competitors vendor supplier provider konkurrent konkurrenten konkurrenter"
    " leverandør leverandøren firmaet virksomheden end"
)
_GREETINGS: Final = word_set(
    "hi hey hello hej hallo dear kære thanks thank tak bye goodbye morning mr mrs ms dr prof hr fru name's i'm it's"
)
_INTRODUCTIONS: Final = frozenset({("name", "is"), ("jeg", "hedder"), ("thank", "you")})
_BRAND_VERBS: Final = word_set(
    "offers offered charges charged sells sold announced launches launched releases released costs makes provides"
    " delivers supports acquired tilbyder sælger lancerer lancerede koster leverer understøtter"
)
_VERBS: Final = _BRAND_VERBS | word_set(
    "is was has had can could will would does did gave gives got just er var har havde kan kunne vil ville gav giver"
    " fik får siger bruger"
)


def score(candidate: Candidate) -> float:
    """What speaks for a name minus what speaks against it: a name is above 0."""
    # rounded, since weights of one decimal that cancel out must be 0 whatever their order
    return round(_BIAS + sum(map(_WEIGHTS.__getitem__, evidence(candidate))), 1)


def evidence(candidate: Candidate) -> list[str]:
    """What is seen of the candidate: the keys of the weights that count."""
    words = _words(tuple([word.surface for word in candidate.words]))
    opens, after = candidate.opens_sentence, candidate.after
    seen = {
        "brand that is a word, opens": opens and words.one and words.brand_word,
        "odd, inside a sentence": words.odd and not opens and words.one and not words.first_name,
        "odd, inside a tidy sentence": words.odd and not opens and candidate.tidy and not words.first_name,
        "odd, opens": words.odd and opens and not words.first_name and not words.ordinary,
        "odd, opens, with a verb": words.odd and opens and after in _VERBS,
        "only capital": candidate.only_capital and not words.brand,
        "everyday, opens": words.everyday and opens,
        "in a phrase": candidate.in_phrase,
        "the": words.the or candidate.before[1] == "the",
        "product noun": words.product_noun or after in brands.PRODUCT_NOUNS,
        "title": words.title or candidate.before[1] in persons.TITLES,
        "place noun": words.place_noun or after in places.PLACE_NOUNS,
        "verb": after in _VERBS,
        "brand verb": after in _BRAND_VERBS,
    }
    return [*words.evidence, *_said_before(*candidate.before), *_that_hold(seen)]


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words of a candidate tell by themselves: evidence, and what depends on the words around them too."""

    evidence: tuple[str, ...]
    one: bool
    odd: bool
    everyday: bool
    ordinary: bool
    brand: bool
    brand_word: bool
    first_name: bool
    the: bool
    product_noun: bool
    title: bool
    place_noun: bool


@lru_cache(_REMEMBERED)
def _words(surfaces: tuple[str, ...]) -> _Words:
    lowers = [without_genitive(surface.lower()) for surface in surfaces]
    first, last, number_of_words = lowers[0], lowers[-1], len(lowers)
    alphabetic = [lower for lower in lowers if lower.isalpha()]
    everyday = sum(lower in EVERYDAY for lower in alphabetic)
    one_word = number_of_words == 1
    brand = _has_brand(lowers)
    odd = everyday == 0
    ordinary = _ends_ordinary(last) and not brand
    # "Danmarks" is a place too.
    bare = [lower.removesuffix("s") if lower not in places.PLACES else lower for lower in lowers]
    first_name = first in persons.FIRST_NAMES
    seen = {
        "well-known brand": (one_word and first in BRANDS) or tuple(lowers) in LONG_BRANDS,
        "brand in it": brand,
        "brand that is a word": not brand and not brands.AMBIGUOUS_BRANDS.isdisjoint(lowers),
        "legal form": not one_word
        and (last in brands.LEGAL_FORMS or tuple(lowers[-2:]) in _DANISH_LEGAL_FORMS),
        "organization noun": not one_word and last in brands.ORGANIZATION_NOUNS,
        "letters and digits": any(_MIXED.search(each) and not _MEASURE.fullmatch(each) for each in surfaces),
        "capital inside": any(map(_CAMEL.search, surfaces)),
        "number behind": not one_word and last.isdecimal() and not _YEAR.fullmatch(last),
        "genitive": last != surfaces[-1].lower(),
        "one word": one_word,
        "two words": number_of_words == 2,
        "three words": number_of_words > 2,
        "two odd words": number_of_words == 2
        and odd
        and all(each.istitle() for each in surfaces)
        and last not in brands.ORGANIZATION_NOUNS,
        "all odd": odd and not brand,
        "everyday": 0 < everyday == len(alphabetic),
        "partly everyday": 0 < everyday < len(alphabetic),
        "ordinary ending": ordinary,
        "short": one_word and len(first) <= 2,
        "number": not any(map(str.isalpha, "".join(lowers))),
        "common abbreviation": one_word and first.partition("-")[0] in _ABBREVIATIONS,
        "first name": first_name,
        "person's two names": number_of_words == 2 and first_name and last not in BRANDS,
        "family name": not persons.FAMILY_NAMES.isdisjoint(lowers) or any(map(_FAMILY_ENDING.search, lowers)),
        "place": "_".join(bare) in places.PLACES or (not one_word and bare[-1] in places.PLACES),
        "place in it": not places.PLACES.isdisjoint(bare),
        "place ending": len(last) > 6 and last.endswith(places.PLACE_ENDINGS),
        "nationality": not places.NATIONALITIES.isdisjoint(lowers),
        "calendar": not places.CALENDAR.isdisjoint(lowers),
    }
    return _Words(
        evidence=_that_hold(seen),
        one=one_word,
        odd=odd,
        everyday=everyday == len(alphabetic),
        ordinary=ordinary,
        brand=brand,
        brand_word=first in brands.AMBIGUOUS_BRANDS,
        first_name=first_name,
        the=first == "the",
        product_noun=not one_word and last in brands.PRODUCT_NOUNS,
        title=first in persons.TITLES,
        place_noun=last in places.PLACE_NOUNS,
    )


@lru_cache(_REMEMBERED)
def _said_before(earlier: str, before: str) -> tuple[str, ...]:
    """What the two words before a candidate tell by themselves."""
    seen = {
        "use": before in _USE or (earlier in _USE and before in _DETERMINERS | {"the", "to", "from", "til"}),
        "from": before in {"from", "fra", "hos"},
        "versus": before in _VERSUS or (earlier, before) == ("compared", "to"),
        "with": before in {"with", "by", "via", "med", "af"},
        "and": before in {"and", "or", "og", "eller"},
        "on": before in {"on", "på"},
        "at": before in {"at", "to", "til", "of"},
        "about": before in {"about", "for", "om"},
        "determiner": before in _DETERMINERS,
        "product noun before": earlier in brands.PRODUCT_NOUNS or before in brands.PRODUCT_NOUNS,
        "in": before in {"in", "near", "visit", "visiting", "i", "ved", "nær"},
        "greeting": before in _GREETINGS or (earlier, before) in _INTRODUCTIONS,
    }
    return _that_hold(seen)


def _that_hold(seen: Mapping[str, object]) -> tuple[str, ...]:
    return tuple([name for name, holds in seen.items() if holds])


def without_genitive(word: str) -> str:
    """The word without an English genitive's ending."""
    return word[:-2] if word[-2:] in ("'s", "’s") else word


def is_ordinary(word: str) -> bool:
    """Whether a lower-case word that no list knows ends like an ordinary one: "spreadsheets", "lagersystemet"."""
    return word.endswith("s") or _ends_ordinary(word)


def _ends_ordinary(word: str) -> bool:
    return _ORDINARY_ENDING.search(word) is not None or (len(word) > 8 and word[-5:] in _EVERYDAY_ENDS)


def _has_brand(lowers: list[str]) -> bool:
    return not BRANDS.isdisjoint(lowers) or any(
        tuple(lowers[at : at + length]) in LONG_BRANDS
        for length in (2, 3)
        for at in range(len(lowers) - length + 1)
    )
