"""What is filled into the slots of a script: names, numbers, days, and what is in fashion."""

from __future__ import annotations

from datetime import date
from random import Random

from streams.simulator.briefs import CallBrief
from streams.simulator.catalogue import COMPANY, listed
from streams.simulator.fashion import Fashion
from streams.simulator.trackers import spoken_competitor

_WEEKDAYS = {
    "da": listed("mandag, tirsdag, onsdag, torsdag, fredag"),
    "en": listed("Monday, Tuesday, Wednesday, Thursday, Friday"),
}
_MONTHS = {
    "da": listed(
        "januar, februar, marts, april, maj, juni, juli, august, september, oktober, november, december"
    ),
    "en": listed(
        "January, February, March, April, May, June, July, August, September, October, November, December"
    ),
}
_FEW = {"da": listed("to, tre, fire, fem, seks"), "en": listed("two, three, four, five, six")}
_YEARS = {"da": listed("tre, fire, fem, seks, otte"), "en": listed("three, four, five, six, eight")}
_MONTHS_LONG = {"da": listed("to, tre, fire, seks"), "en": listed("two, three, four, six")}
_CLOCK = {
    "da": listed("ni, ti, halv elleve, et, to, halv tre"),
    "en": listed("nine, ten, half past ten, one, two, half past two"),
}
_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


class Slots:
    """The values of a script's slots; one value a call, so that a price stays a price."""

    def __init__(self, brief: CallBrief, fashion: Fashion, day: date, rng: Random) -> None:
        self._brief, self._fashion, self._day, self._rng = brief, fashion, day, rng
        self._values: dict[str, str] = {
            "seller": brief.seller.name.split()[0],
            "contact": brief.customer.first_name,
            "company": brief.customer.name,
            "us": COMPANY,
            "product": brief.product.name,
            "colleague": (brief.colleague or brief.customer.colleague).split()[0],
            "specialist": (brief.specialist or brief.seller.name).split()[0],
        }
        if brief.rival:
            self._values["rival"] = brief.rival

    def __call__(self, name: str) -> str:
        if name == "competitor":
            # the same one all through the call, but not always heard alike
            return spoken_competitor(self._rng, self._brief.customer.language, self("rival"))
        value = self._values.get(name)
        if value is None:
            value = self._values[name] = self._draw(name)
        return value

    def _draw(self, name: str) -> str:
        rng, language = self._rng, self._brief.customer.language
        match name:
            case "rival":
                return self._fashion.competitor(rng, self._day).name
            case "brand":
                return self._fashion.brand(rng, self._day)
            case "pages":
                return self._number(rng.randrange(2, 30) * 1_000)
            case "amount":
                return self._number(rng.randrange(9, 60) * 100)
            case "saving":
                return self._number(rng.randrange(3, 25) * 1_000)
            case "percent":
                return str(rng.choice((5, 8, 10, 12, 15)))
            case "people":
                return str(rng.choice((12, 18, 25, 30, 40, 60, 85)))
            case "machines":
                return rng.choice(_FEW[language])
            case "years":
                return rng.choice(_YEARS[language])
            case "months":
                return rng.choice(_MONTHS_LONG[language])
            case "weekday":
                return rng.choice(_WEEKDAYS[language])
            case "month":
                return _MONTHS[language][(self._day.month - 1 + rng.randrange(1, 4)) % 12]
            case "clock":
                return rng.choice(_CLOCK[language])
            case "email":
                domain = self._brief.customer.name.split()[0]
                return f"{self._brief.customer.first_name}@{domain}.example".lower().translate(_ASCII)
        raise ValueError(f"<{name}> is no slot of a script")

    def _number(self, value: int) -> str:
        """As speech-to-text writes it: 8.000 in Danish, 8,000 in English."""
        return f"{value:,}".replace(",", "." if self._brief.customer.language == "da" else ",")
