"""What speaks for and against a run of words being the name of a company, a product or an organization.

A linear model over hand-made features. Its weights come from a logistic regression over the training part of
WNUT 2017 (Derczynski et al., "Emerging and Rare Entity Recognition", CC BY 4.0) and over sales sentences of our own,
rounded; what must never be taken for a brand (a person, a place, a date) has weights set by hand. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from processors.lang import word_row, word_set
from processors.lang.da import names as danish_names
from processors.lang.da import words as danish
from processors.lang.en import names as english_names
from processors.lang.en import words as english
from processors.lang.names import authorities, brands, persons, places, private
from processors.text.cache import Memo

EVERYDAY: Final = (
    english.FUNCTION_WORDS | english.EVERYDAY_WORDS | danish.FUNCTION_WORDS | danish.EVERYDAY_WORDS
) - brands.AMBIGUOUS_BRANDS
BRANDS: Final = frozenset(name for name in brands.BRANDS if "_" not in name)
LONG_BRANDS: Final = frozenset(tuple(name.split("_")) for name in brands.BRANDS if "_" in name)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words `first` to before `beyond` of a text that may be one name; `before` and `after` are the lower-case words
    around them."""

    first: int
    beyond: int
    surfaces: list[str]
    bares: list[str]  # in lower case, without a genitive's ending
    starts: list[int]  # offsets in the text
    before: tuple[str, str]
    after: str
    opens_sentence: bool
    tidy: bool  # the text has its capitals where they are due, so that another one is evidence of a name
    only_capital: bool  # the text has no capital but the one it begins with
    in_phrase: bool  # "we switched to ..."


_BIAS: Final = -15
# In tenths: whole numbers, so that weights that cancel out are 0 whatever their order.
_WEIGHTS: Final = {
    # the name itself
    "well-known brand": 18,
    "brand in it": 8,
    "brand that is a word": 12,
    "brand that is a word, opens": -15,
    "legal form": 30,
    "organization noun": 35,
    "letters and digits": 15,
    "capital inside": 15,
    "number behind": 5,
    "genitive": 8,
    "odd, inside a sentence": 11,
    "odd, inside a tidy sentence": 15,
    "odd, opens": 3,
    "odd, opens, with a verb": 4,
    "only capital": -5,
    "one word": -6,
    "two words": 6,
    "three words": -9,
    "two odd words": -5,
    "all odd": -8,
    "everyday": -13,
    "everyday, opens": -13,
    "partly everyday": -12,
    "ordinary ending": -3,
    "short": -18,
    "number": -50,
    "common abbreviation": -60,
    "private": -200,
    # the words around it
    "in a phrase": 8,
    "use": 24,
    "from": 30,
    "versus": 25,
    "with": 15,
    "and": 17,
    "on": 11,
    "at": 7,
    "about": 4,
    "the": 5,
    "determiner": 13,
    "product noun": 18,
    "product noun before": 13,
    "verb": 6,
    "brand verb": 23,
    "in": -8,
    # persons, places, the calendar
    "first name": -25,
    "person's two names": -25,
    "family name": -15,
    "greeting": -20,
    "title": -30,
    "place": -40,
    "place in it": -3,
    "place noun": -15,
    "place ending": -10,
    "nationality": -15,
    "calendar": -40,
    "word before a person": -40,
}

_DIGIT: Final = re.compile(r"\d")
_LONG_NUMBER: Final = re.compile(r"\d{4}")
_APART: Final = re.compile(r"(?<=\d)[ .-](?=\d)")
_SPECIAL: Final = private.ILLNESSES | private.FAITHS | private.PARTIES
_AUTHORITIES: Final = authorities.AUTHORITIES | authorities.AIRPORTS
_FAMILY_NAMES: Final = persons.FAMILY_NAMES - BRANDS - brands.AMBIGUOUS_BRANDS
_CAMEL: Final = re.compile(r"[a-zæøå][A-ZÆØÅ]|[A-ZÆØÅ]{2}[a-zæøå]{2}")
_MIXED: Final = re.compile(r"[^\W\d_]-?\d|\d-?[^\W\d_]")
_MEASURE: Final = re.compile(
    r"\d+(?:st|nd|rd|th|s|am|pm|kr|k|m|mm|cm|km|kg|x|gb|tb|mb|min|h|d)", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_FAMILY_ENDINGS: Final = ("sen", "sson")
_FAMILY_ENDING: Final = re.compile(rf"[a-zæøå]{{3}}(?:{'|'.join(_FAMILY_ENDINGS)})$")
_ORDINARY_ENDINGS: Final = word_row(
    "ing ed ly tion tions ness ment ments ful able ous ive ings ers ies est ning ningen ninger else elsen"
    " hed heden lig ligt lige isk iske ede ende erne ene eren erens skab elige et en ens"
)
_ORDINARY_ENDING: Final = re.compile(rf"\w{{3}}(?:{'|'.join(_ORDINARY_ENDINGS)})$")
_ORDINARY_LAST: Final = frozenset(ending[-2:] for ending in _ORDINARY_ENDINGS)
_ORDINARY_REACH: Final = 3 + max(map(len, _ORDINARY_ENDINGS))
_EVERYDAY_ENDS: Final = frozenset(word[-5:] for word in EVERYDAY if len(word) >= 5)
_DANISH_LEGAL_FORMS: Final = frozenset({("a", "s"), ("p", "s"), ("k", "s"), ("i", "s")})  # words of "A/S"


_ABBREVIATIONS: Final = word_set(
    "tv pc dvd cd usb lol omg wtf id ok okay faq pdf sms gps diy rip asap atm ceo cfo cto cio hr it pr vp sec usa uk us"
    " eu un uae nyc la dc am pm gmt ai roi kpi sla crm erp api pii cpr cvr edb edi pin sim cv gb mb kr dkk eur usd gbp"
    " ad bc aka fyi imo imho smh lmao lmfao rofl idk tbh btw nsfw irl af dj mc mvp xoxo xd yolo ft rt dm tl fb op gdpr"
    " iso nda rfp rfq poc tco arr mrr sso vpn hms cms seo ssl iot vr ui ux qa okr pos wifi"
    " iban cvv bic swift mobilepay nemid mitid nemkonto eboks"
    " 2d 3d 4k a4 a3 b2b b2c co2 mp3 h2o"
)
_EN: Final = english_names.CONTEXT
_DA: Final = danish_names.CONTEXT
_USE: Final = _EN.use | _DA.use
_AFTER_USE: Final = _EN.after_use | _DA.after_use
_FROM: Final = _EN.from_ | _DA.from_
_VERSUS: Final = _EN.versus | _DA.versus
_WITH: Final = _EN.with_ | _DA.with_
_AND: Final = _EN.and_ | _DA.and_
_ON: Final = _EN.on | _DA.on
_AT: Final = _EN.at | _DA.at
_ABOUT: Final = _EN.about | _DA.about
_IN: Final = _EN.in_ | _DA.in_
_DETERMINERS: Final = _EN.determiners | _DA.determiners
_GREETINGS: Final = _EN.greetings | _DA.greetings
_BRAND_VERBS: Final = _EN.brand_verbs | _DA.brand_verbs
_VERBS: Final = _EN.verbs | _DA.verbs
_VERSUS_PAIRS: Final = _EN.versus_pairs | _DA.versus_pairs
_INTRODUCTIONS: Final = _EN.introductions | _DA.introductions


def score(candidate: Candidate) -> int:
    """What speaks for a name minus what speaks against it, in tenths: a name is above 0."""
    words = _words[" ".join(candidate.surfaces)]
    earlier, before = candidate.before
    after = candidate.after
    reached = _BIAS + words.weight + _said_before[f"{earlier} {before}"]
    if candidate.opens_sentence:
        reached += words.opening
    elif candidate.tidy:
        reached += words.inside + words.inside_tidy
    else:
        reached += words.inside
    if candidate.only_capital and not words.brand:
        reached += _WEIGHTS["only capital"]
    if candidate.in_phrase:
        reached += _WEIGHTS["in a phrase"]
    if words.the or before == "the":
        reached += _WEIGHTS["the"]
    if words.title or before in persons.TITLES:
        reached += _WEIGHTS["title"]
    if words.product_noun or after in brands.PRODUCT_NOUNS:
        reached += _WEIGHTS["product noun"]
    if words.place_noun or after in places.PLACE_NOUNS:
        reached += _WEIGHTS["place noun"]
    if after in _VERBS:
        reached += _WEIGHTS["verb"]
        if words.odd and candidate.opens_sentence:
            reached += _WEIGHTS["odd, opens, with a verb"]
        if after in _BRAND_VERBS:
            reached += _WEIGHTS["brand verb"]
    return reached


def is_private(candidate: Candidate) -> bool:
    """Whether no part of it is shown: a number, an address, an illness, a faith, a party or an authority."""
    return _words[" ".join(candidate.surfaces)].private


@dataclass(slots=True)  # frozen takes three times as long, for each new word
class _Words:
    """What the words of a candidate tell by themselves: weights, and what depends on the words around them too."""

    weight: int
    opening: int  # where they open a sentence
    inside: int  # where they do not
    inside_tidy: int  # where they do not in a tidy text, besides
    odd: bool
    brand: bool
    private: bool  # neither they nor a part of them may be shown
    the: bool
    product_noun: bool
    title: bool
    place_noun: bool


def _weigh_words(said: str) -> _Words:
    """What words tell that are given with blanks between them."""
    surfaces = said.split(" ")
    lowers = [without_genitive(surface.lower()) for surface in surfaces]
    first, last, number_of_words = lowers[0], lowers[-1], len(lowers)
    alphabetic = [lower for lower in lowers if lower.isalpha()]
    everyday = sum(lower in EVERYDAY for lower in alphabetic)
    one_word = number_of_words == 1
    digits = _DIGIT.search(said) is not None
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
        "letters and digits": digits
        and any(_MIXED.search(each) and not _MEASURE.fullmatch(each) for each in surfaces),
        "capital inside": any(
            not each[1:].islower() and _CAMEL.search(each) is not None for each in surfaces
        ),
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
        "family name": not _FAMILY_NAMES.isdisjoint(lowers)
        or any(
            lower.endswith(_FAMILY_ENDINGS) and _FAMILY_ENDING.search(lower) is not None for lower in lowers
        ),
        "place": "_".join(bare) in places.PLACES or (not one_word and bare[-1] in places.PLACES),
        "place in it": not places.PLACES.isdisjoint(bare),
        "place ending": len(last) > 6 and last.endswith(places.PLACE_ENDINGS),
        "nationality": not places.NATIONALITIES.isdisjoint(lowers),
        "calendar": not places.CALENDAR.isdisjoint(lowers),
    }
    private_words = (
        (digits and _LONG_NUMBER.search(_APART.sub("", said)) is not None)
        or _is_special(lowers)
        or _is_authority(lowers)
        or (not one_word and last[0].isdecimal() and _is_street(lowers[-2]))
    )
    seen["private"] = private_words
    odd_name = odd and not first_name
    opening = {
        "brand that is a word, opens": one_word and first in brands.AMBIGUOUS_BRANDS,
        "odd, opens": odd_name and not ordinary,
        "everyday, opens": everyday == len(alphabetic),
    }
    return _Words(
        weight=_sum_of(seen),
        opening=_sum_of(opening),
        inside=_sum_of({"odd, inside a sentence": odd_name and one_word}),
        inside_tidy=_sum_of({"odd, inside a tidy sentence": odd_name}),
        odd=odd,
        brand=brand,
        private=private_words,
        the=first == "the",
        product_noun=not one_word and last in brands.PRODUCT_NOUNS,
        title=first in persons.TITLES,
        place_noun=last in places.PLACE_NOUNS,
    )


def _weigh_before(said: str) -> int:
    """What the two words before a candidate tell by themselves, given with a blank between them."""
    earlier, _, before = said.partition(" ")
    seen = {
        "use": before in _USE or (earlier in _USE and before in _DETERMINERS | _AFTER_USE),
        "from": before in _FROM,
        "versus": before in _VERSUS or (earlier, before) in _VERSUS_PAIRS,
        "with": before in _WITH,
        "and": before in _AND,
        "on": before in _ON,
        "at": before in _AT,
        "about": before in _ABOUT,
        "determiner": before in _DETERMINERS,
        "product noun before": earlier in brands.PRODUCT_NOUNS or before in brands.PRODUCT_NOUNS,
        "in": before in _IN,
        "greeting": before in _GREETINGS or (earlier, before) in _INTRODUCTIONS,
        "word before a person": before in persons.RELATIONS,
    }
    return _sum_of(seen)


def _is_special(lowers: list[str]) -> bool:
    """Whether an illness, a faith or a party is among the words, or their name as a whole."""
    return (
        not _SPECIAL.isdisjoint(lowers)
        or "_".join(lowers) in _SPECIAL
        or lowers[-1] in private.ILLNESS_NOUNS
        or any(len(lower) > 6 and lower.endswith(private.ENDINGS) for lower in lowers)
    )


def _is_authority(lowers: list[str]) -> bool:
    """Whether it is an authority, a hospital or an airport, or says in one of its words that it is."""
    return (
        "_".join(lowers) in _AUTHORITIES
        or (_says_authority(lowers) and not _has_brand(lowers))
        or any(len(lower) > 10 and lower.endswith(authorities.ENDINGS) for lower in lowers)
    )


def _says_authority(lowers: list[str]) -> bool:
    return (
        not authorities.NOUNS.isdisjoint(lowers)
        or lowers[-1] in authorities.LAST_NOUNS
        or any(noun in authorities.LAST_NOUNS and of in ("of", "for") for noun, of in pairwise(lowers))
    )


def _is_street(lower: str) -> bool:
    return lower in places.STREETS or lower in places.PLACE_NOUNS or lower.endswith(places.STREET_ENDINGS)


def _sum_of(seen: Mapping[str, object]) -> int:
    return sum([_WEIGHTS[name] for name, holds in seen.items() if holds])


_words: Final = Memo(_weigh_words)
_said_before: Final = Memo(_weigh_before)


def without_genitive(word: str) -> str:
    """The word without an English genitive's ending."""
    return word[:-2] if word[-2:] in ("'s", "’s") else word


def is_ordinary(word: str) -> bool:
    """Whether a lower-case word that no list knows ends like an ordinary one: "spreadsheets", "lagersystemet"."""
    return word.endswith("s") or _ends_ordinary(word)


def _ends_ordinary(word: str) -> bool:
    if word[-2:] in _ORDINARY_LAST and _ORDINARY_ENDING.search(word, max(0, len(word) - _ORDINARY_REACH)):
        return True
    return len(word) > 8 and word[-5:] in _EVERYDAY_ENDS


def _has_brand(lowers: list[str]) -> bool:
    if not BRANDS.isdisjoint(lowers):
        return True
    return len(lowers) > 1 and any(
        tuple(lowers[at : at + length]) in LONG_BRANDS
        for length in (2, 3)
        for at in range(len(lowers) - length + 1)
    )
