"""How business numbers are read: currency, time zone, the year, what counts as enough, what is recommended."""

from __future__ import annotations

import difflib
import re
from datetime import time
from typing import Annotated, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, model_validator

from schemas.fields import Currency
from streams.config.section import Section, env_name


def _known_timezone(value: str) -> str:
    if value not in available_timezones():
        near = difflib.get_close_matches(value, available_timezones(), n=1)
        hint = f", as {near[0]!r}" if near else ""
        raise ValueError(f"must be a name of the IANA time zone database{hint}")
    return value


def _recording_address(value: str) -> str:
    """Nothing, or an address of the web in which the recording has its place."""
    if not value:
        return value
    known = re.sub(r"\{(recording|seconds)\}", "", value)
    try:
        parts = urlsplit(known)
    except ValueError:
        raise ValueError("must be an address, as https://calls.example.com/{recording}#t={seconds}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s{}\"'<>\\^`|$]", known):
        raise ValueError(
            "must be an address that begins with https:// or http:// and has no braces but {recording} and {seconds}, "
            "as https://calls.example.com/{recording}#t={seconds}"
        )
    if "{" in value.split("://", 1)[1].split("/", 1)[0]:
        raise ValueError("must name a fixed server: {recording} and {seconds} stand after its name")
    if "{recording}" not in value:
        raise ValueError("must have {recording} where the recording's id belongs")
    return value


_HABITS = ("talk-ratio", "interruptions", "questions", "engaging", "own-monologue")


def _known_goals(value: str) -> str:
    """Ranges by habit: name=low-high, with commas between."""
    for part in filter(None, (part.strip() for part in value.split(","))):
        found = re.fullmatch(r"([a-z-]+)=(\d{1,4})-(\d{1,4})", part)
        if found is None or found[1] not in _HABITS or int(found[2]) > int(found[3]):
            raise ValueError(
                f"must be ranges as questions=22-28 with commas between, and {part!r} is not: known are "
                f"{', '.join(_HABITS)}, in whole numbers, the lower one first"
            )
    return value


class ReportingSettings(Section):
    """How business numbers are read."""

    currency: Currency = "DKK"
    """Currency of all money, ISO 4217; events in another are rejected."""
    timezone: Annotated[str, AfterValidator(_known_timezone)] = "Europe/Copenhagen"
    """Time zone in which days and months begin."""
    fiscal_year_start_month: Annotated[int, Field(ge=1, le=12)] = 1
    """Month in which the fiscal year begins, 1 to 12; sales quarters follow from it."""
    own_names: str = ""
    """The own company and its products, with commas between: never shown as other brands, nor as words of the best."""
    recording_url: Annotated[str, AfterValidator(_recording_address)] = ""
    """Where a call's recording is played, as https://calls.example.com/{recording}#t={seconds}: `{recording}` is the
    call's `recording_id`, `{seconds}` where a sentence begins. Without, no sentence links to its recording."""
    goals: Annotated[str, AfterValidator(_known_goals)] = ""
    """What is recommended of sellers' habits where it is not what the pages recommend, as
    `questions=20-30, talk-ratio=40-50`: talk-ratio and engaging (open questions) in percent, questions and
    interruptions an hour, own-monologue in seconds."""
    enough_calls: Annotated[int, Field(ge=1, le=10_000)] = 5
    """A seller counts in means, comparisons and insights with so many calls in the time range, and is shown as one with
    too few calls otherwise."""
    enough_seconds: Annotated[int, Field(ge=0, le=36_000)] = 60
    """How long a call has to be to count among these, and in what is coached. With another length than a minute it is
    counted call by call, which takes longer over many calls."""
    enough_minutes: Annotated[int, Field(ge=0, le=100_000)] = 10
    """How many minutes both sides have to speak in these calls all together."""
    office_opens: time = time(8)
    """From when on, Monday to Friday, calls are expected, so that their absence is worth an alert."""
    office_closes: time = time(17)
    """Until when calls are expected."""

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.office_opens >= self.office_closes:
            raise ValueError(
                f"{env_name('reporting', 'office_opens')} ({self.office_opens:%H:%M}) must be before "
                f"{env_name('reporting', 'office_closes')} ({self.office_closes:%H:%M})"
            )
        return self

    @property
    def own_name_list(self) -> tuple[str, ...]:
        """The own company's names and products, one by one."""
        return tuple(name for each in self.own_names.split(",") if (name := each.strip()))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)
