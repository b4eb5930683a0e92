"""What commands take besides text and numbers: files, time spans and points in time."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar  # Any: what click hands over

import click


class RegularFile(click.Path):
    """A file that is there and has an end: a pipe is read once only, and a device for ever."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not path.is_file():
            self.fail(
                f"File '{path}' is a pipe or a device, not a file: save what it gives as a file first.",
                param,
                ctx,
            )
        return path


class Duration(click.ParamType):
    """A time span: 90s, 10m, 2h."""

    name = "duration"
    _UNITS: ClassVar = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        match = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", str(value))
        if not match:
            self.fail(f"{value!r} is no time span; write it as 90s, 10m or 2h", param, ctx)
        return timedelta(**{self._UNITS[match[2]]: float(match[1])})


class Instant(click.ParamType):
    """A point in time with its zone: 2026-11-24T09:30:00Z."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            moment = datetime.min
        if moment.tzinfo is None:
            self.fail(f"{value!r} is no time with a zone; write it as 2026-11-24T09:30:00Z", param, ctx)
        return moment.astimezone(UTC)
