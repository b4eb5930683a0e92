"""Private numbers as people say them, made from num2words by what knows nothing of the rules that mask them."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple

from num2words import num2words
from stdnum import luhn
from stdnum.iban import calc_check_digits

Language = str

SENTENCES: Final[dict[str, dict[Language, tuple[str, ...]]]] = {
    "phone": {
        "da": (
            "mit nummer er {}",
            "ring til mig på {}",
            "{}",
            "du kan fange mig på {} i dag",
            "telefonen er {} tak",
        ),
        "en": ("my number is {}", "call me on {}", "{}", "you can reach me at {} today", "so it's {} okay"),
    },
    "card": {
        "da": ("kortnummeret er {}", "kortet er {}", "{} og det udløber i maj", "tag det på {}"),
        "en": ("the card is {}", "card number {}", "{} expiring in may", "put it on {}"),
    },
    "cpr": {
        "da": ("mit cpr er {}", "{}", "jeg er født {}", "mit kundenummer er {}", "min datters er {}"),
        "en": ("my cpr number is {}", "{}", "it is {}", "the personal number is {}"),
    },
    "account": {
        "da": ("kontonummeret er {}", "konto {}", "min bankkonto er {}", "reg nummer 3409 og konto {}"),
        "en": ("my account number is {}", "account {}", "the account number, it is {}"),
    },
    "iban": {"da": ("vores iban er {}", "IBAN: {}"), "en": ("our iban is {}", "the iban number is {}")},
    "passport": {
        "da": ("mit pasnummer er {}", "passet har nummer {}"),
        "en": ("my passport number is {}", "passport {}"),
    },
    "licence": {
        "da": ("kørekortnummer {}", "mit kørekort er {}"),
        "en": ("my driving licence number is {}", "driver's license {}"),
    },
    "ssn": {
        "da": ("mit social security nummer er {}",),
        "en": ("my social security number is {}", "social is {}", "SSN {}"),
    },
}
_BETWEEN: Final = {
    "da": (", ", " og så ", " bindestreg ", ", øh, ", ". ", " - ", " og "),
    "en": (", ", " and then ", " dash ", ", uh, ", ". ", " - "),
}
_TIMES: Final = {"en": ("", "", "double ", "triple "), "da": ("", "", "dobbelt ", "tredobbelt ")}
_MONTHS: Final = {
    "da": "januar februar marts april maj juni juli august september oktober november december".split(),  # noqa: SIM905 - reads better
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905 - reads better
}


class AnalysedSegment(NamedTuple):
    """A sentence with a private number in it, and what else in it may stay."""

    text: str
    harmless: str


def spoken_numbers(kind: str, language: Language, count: int, seed: int = 7) -> Iterator[AnalysedSegment]:
    """Sentences with a number of a kind (a key of SENTENCES)."""
    random = Random(f"{kind} {language} {seed}")
    for _ in range(count):
        said = _MAKERS[kind](random, language)
        frame = random.choice(SENTENCES[kind][language])
        text = frame.format(said)
        text = random.choice((str, str.capitalize, lambda each: f"{each}."))(text)
        yield AnalysedSegment(text, frame)


def leaks(masked: str, harmless: str) -> list[str]:
    """What is left of a number in a masked sentence."""
    rest = re.sub(r"\[\w+\]", " ", masked.lower())
    known = set(re.findall(r"\w+", harmless.lower()))
    return [
        word
        for word in re.findall(r"\w+", rest)
        if word not in known and (word in _TELLING or re.search(r"\d", word))
    ]


def _said(number: int, language: Language) -> str:
    return str(num2words(number, lang=language)).replace(",", "")


_TELLING: Final = {
    word
    for language in ("da", "en")
    for number in range(100)
    for word in _said(number, language).replace("-", " ").split()
} - {"en", "et", "to", "one", "fire"}


def _one_by_one(random: Random, digits: str, language: Language) -> list[str]:
    return [
        "oh" if language == "en" and digit == "0" and random.random() < 0.5 else _said(int(digit), language)
        for digit in digits
    ]


def _doubled(random: Random, digits: str, language: Language) -> list[str]:
    return [
        _TIMES[language][len(run[0])] + _said(int(run[1]), language)
        for run in re.findall(r"((\d)\2{0,2})", digits)
    ]


def _in_groups(size: int) -> Callable[[Random, str, Language], list[str]]:
    def groups(random: Random, digits: str, language: Language) -> list[str]:
        said: list[str] = []
        for at in range(0, len(digits), size):
            group = digits[at : at + size]
            whole = len(group) == size and group[0] != "0"
            said += [_said(int(group), language)] if whole else _one_by_one(random, group, language)
        return said

    return groups


def _mixed(random: Random, digits: str, language: Language) -> list[str]:
    said: list[str] = []
    at = 0
    while at < len(digits):
        size = 2 if random.random() < 0.7 and at + 1 < len(digits) and digits[at] != "0" else 1
        group = digits[at : at + size]
        said.append(group if random.random() < 0.5 else _said(int(group), language))
        at += size
    return said


def _spoken(random: Random, digits: str, language: Language) -> str:
    ways = [_one_by_one, _doubled, _in_groups(2), _mixed] + ([_in_groups(3)] if language == "en" else [])
    parts = random.choice(ways)(random, digits, language)
    fluent = random.random() < 0.6
    said = parts[0]
    for part in parts[1:]:
        said += (" " if fluent or random.random() < 0.6 else random.choice(_BETWEEN[language])) + part
    return said


def _digits(random: Random, count: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(count))


def _phone(random: Random, language: Language) -> str:
    if language == "da":
        return _spoken(
            random, random.choice(("", "45")) + random.choice("23456789") + _digits(random, 7), language
        )
    area = random.choice(("206", "415", "917"))
    return _spoken(random, area + random.choice("23456789") + _digits(random, 6), language)


def _card(random: Random, language: Language) -> str:
    prefix = random.choice(("4", "51", "5019", "37"))
    digits = prefix + _digits(random, (14 if prefix == "37" else 15) - len(prefix))
    return _spoken(random, digits + luhn.calc_check_digit(digits), language)


def _cpr(random: Random, language: Language) -> str:
    born = date(1925, 1, 1) + timedelta(days=random.randrange(36_000))
    serial = _digits(random, 4)
    way = random.random()
    if way < 0.35:
        return _spoken(random, f"{born:%d%m%y}{serial}", language)
    dash = {"da": " bindestreg ", "en": " dash "}[language]
    if way < 0.5:
        between = random.choice(("-", " ", ", ", dash))
        return f"{born:%d%m%y}{between}{random.choice((serial, ' '.join(_in_groups(2)(random, serial, language))))}"
    day = str(num2words(born.day, lang=language, to="ordinal"))
    month = _MONTHS[language][born.month - 1]
    if language == "da":
        named = str(num2words(born.month, lang=language, to="ordinal"))
        head = f"{day} {random.choice((f'i {named}', named, month))}"
    else:
        head = random.choice((f"{day} of {month}", f"{month} {day}"))
    short = born.year % 100
    year = _said(short, language) if short > 9 else " ".join(_one_by_one(random, f"{short:02d}", language))
    end = " ".join(random.choice((_in_groups(2), _one_by_one))(random, serial, language))
    return f"{head} {year}{random.choice((' ', ', ', dash))}{random.choice((end, serial))}"


def _account(random: Random, language: Language) -> str:
    return _spoken(random, _digits(random, random.choice((7, 8, 10))), language)


def _iban(random: Random, language: Language) -> str:
    country, bank, count = random.choice((("DK", "", 14), ("DE", "", 18), ("GB", "NWBK", 14), ("NO", "", 11)))
    account = bank + _digits(random, count)
    iban = f"{country}{calc_check_digits(f'{country}00{account}')}{account}"
    if random.random() < 0.5:
        return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))
    return " ".join(sign.lower() if sign.isalpha() else _said(int(sign), language) for sign in iban)


def _passport(random: Random, language: Language) -> str:
    if random.random() < 0.3:
        return f"{random.choice('CFGHJK')}{_digits(random, 2)}X{_digits(random, 2)}T{_digits(random, 2)}"
    digits = _digits(random, 9)
    return random.choice((digits, _spoken(random, digits, language)))


def _licence(random: Random, language: Language) -> str:
    if language == "en" and random.random() < 0.4:
        return f"MORGA{_digits(random, 6)}SM9IJ"
    digits = _digits(random, 8)
    return random.choice((digits, _spoken(random, digits, language)))


def _ssn(random: Random, language: Language) -> str:
    digits = f"{random.randrange(1, 600):03d}{random.randrange(1, 99):02d}{random.randrange(1, 9999):04d}"
    return random.choice((f"{digits[:3]}-{digits[3:5]}-{digits[5:]}", _spoken(random, digits, language)))


_MAKERS: Final[dict[str, Callable[[Random, Language], str]]] = {
    "phone": _phone, "card": _card, "cpr": _cpr, "account": _account, "iban": _iban, "passport": _passport,
    "licence": _licence, "ssn": _ssn,
}  # fmt: skip
