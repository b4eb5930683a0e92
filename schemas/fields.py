"""The building blocks of every event: identifiers, times, money, bounded numbers and text.

A bound is a promise to the store: whatever passes these types fits the column that it is written to.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2080, 1, 1, tzinfo=UTC)
"""With the longest retention, twenty years, still before 2106, where ClickHouse's dates of expiry end."""

MAX_ID_LENGTH = 128
MAX_NAME_LENGTH = 256
MAX_TEXT_LENGTH = 20_000
MAX_REVISION = 1_000_000
MAX_CALL_MS = 24 * 60 * 60 * 1000
MAX_MONEY = Decimal("1e15")


def _to_utc(moment: datetime) -> datetime:
    """Times are compared, stored and partitioned in UTC, to the millisecond that the store keeps."""
    try:
        moment = moment.astimezone(UTC)  # first: two moments in one zone compare much faster
    except OverflowError:  # in UTC it lies before the year 1 or after 9999
        moment = LATEST
    if not EARLIEST <= moment < LATEST:
        raise ValueError(f"must lie between {EARLIEST:%Y} and {LATEST:%Y}")
    excess = moment.microsecond % 1000
    return moment.replace(microsecond=moment.microsecond - excess) if excess else moment


def _known_century(day: date) -> date:
    if not EARLIEST.date() <= day < LATEST.date():
        raise ValueError(f"must lie between {EARLIEST:%Y} and {LATEST:%Y}")
    return day


Id = Annotated[
    str,
    StringConstraints(
        min_length=1,
        max_length=MAX_ID_LENGTH,
        pattern=r"^[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f])?$",
    ),
]
"""An identifier: 1 to 128 characters, no control characters, no blank at either end."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NAME_LENGTH)]
Text = Annotated[str, StringConstraints(max_length=MAX_TEXT_LENGTH)]
Code = Annotated[str, StringConstraints(max_length=32, pattern=r"^[a-z]+(?:[_-][a-z]+)*$")]
"""A word of a small vocabulary that the sender chooses: lower case without digits, so no number hides in it."""
Language = Annotated[str, StringConstraints(max_length=35, pattern=r"^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Revision = Annotated[int, Field(ge=1, le=MAX_REVISION)]
Milliseconds = Annotated[int, Field(ge=0, le=MAX_CALL_MS)]
Minutes = Annotated[float, Field(ge=0, le=24 * 60, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Money = Annotated[Decimal, Field(ge=0, lt=MAX_MONEY, decimal_places=2, allow_inf_nan=False)]
Moment = Annotated[AwareDatetime, AfterValidator(_to_utc)]
Day = Annotated[date, AfterValidator(_known_century)]
