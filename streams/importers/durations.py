"""How long an activity took, as systems write it: 12 minutes, 1h 5m, PT12M30S, 0:12:30. Bare numbers are none of it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from streams.importers.words import Unit, unit_in

TO_MINUTES: dict[Unit, Decimal] = {"minutes": Decimal(1), "seconds": Decimal(1) / 60, "hours": Decimal(60)}

_CLOCK = re.compile(r"(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{2})")
_PARTS = re.compile(r"(\d{1,6}(?:[.,]\d{1,2})?)\s*([^\W\d_]{1,12})\.?,?\s*")
_ISO = re.compile(r"P(?:(\d{1,3})D)?T?(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})(?:\.\d+)?S)?", re.IGNORECASE)
_OF_ISO = (Decimal(1440), Decimal(60), Decimal(1), Decimal(1) / 60)


class Clock(NamedTuple):
    """Two numbers with a colon between: hours and minutes, or minutes and seconds."""

    first: int
    second: int

    def minutes(self, unit: Unit) -> Decimal:
        """How long it is when the first number is of this unit."""
        return (self.first * 60 + self.second) * TO_MINUTES["minutes" if unit == "hours" else "seconds"]


def read_duration(text: str) -> Decimal | Clock | None:
    """Minutes, where a text says its units; a clock of two numbers leaves them open; None of anything else."""
    if clock := _CLOCK.fullmatch(text):
        if clock["hours"] is None:
            return Clock(int(clock["minutes"]), int(clock["seconds"]))
        return Decimal(clock["hours"]) * 60 + Decimal(clock["minutes"]) + Decimal(clock["seconds"]) / 60
    iso = _ISO.fullmatch(text)
    if iso and any(iso.groups()):
        return sum(
            (Decimal(number) * size for number, size in zip(iso.groups(), _OF_ISO, strict=True) if number),
            Decimal(),
        )
    parts, end = [], 0
    while found := _PARTS.match(text, end):
        unit = unit_in(found[2])
        if unit is None:
            return None
        parts.append(Decimal(found[1].replace(",", ".")) * TO_MINUTES[unit])
        end = found.end()
    return sum(parts, Decimal()) if parts and end == len(text) else None
