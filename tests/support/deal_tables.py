"""Deals in a sqlite database, which adds them up by itself, and the same deals as exports of many shapes."""

from __future__ import annotations

import csv
import io
import random
import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.support.workbooks import write_workbook

TODAY = date(2026, 11, 26)
STAGES = {"open": ("Tilbud", "Forhandling", "Kvalificering"), "won": ("Vundet",), "lost": ("Tabt",)}


@dataclass(frozen=True)
class Shape:
    """How an export is written."""

    separator: str = ";"
    decimal: str = ","
    thousands: str = "."
    date_format: str = "%d-%m-%Y"
    encoding: str = "utf-8-sig"
    percent: str = "{0:g}"
    """Of the percent; "share" for shares of 1."""
    money: str = "{0}"
    line_end: str = "\r\n"
    footer: bool = False


SHAPES = {
    "Danish Excel": Shape(),
    "Danish Windows": Shape(encoding="cp1252", money="{0} kr."),
    "old Mac": Shape(encoding="mac_roman", line_end="\r"),
    "DOS": Shape(encoding="cp865"),
    "Unicode text": Shape(separator="\t", encoding="utf-16", thousands="\u00a0"),
    "American": Shape(",", ".", ",", "%m/%d/%Y", "utf-8", "{0:g}%", "${0}", footer=True),
    "interface": Shape(",", ".", "", "%Y-%m-%dT%H:%M:%S.000+0100", "utf-8", "share", line_end="\n"),
    "Swiss": Shape(";", ".", "'", "%d.%m.%Y", "utf-8", "{0:g} %"),
    "German": Shape(";", ",", ".", "%d.%m.%y", "cp1252", "{0:g} %", "€ {0}"),
    "bars": Shape("|", ",", "\u202f", "%d/%m/%Y", "utf-8"),
}


def make(seed: int, count: int) -> sqlite3.Connection:
    """A database of deals; some without amounts, some registered after they were closed."""
    chance = random.Random(seed)
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE TABLE deals (id TEXT, seller TEXT, name TEXT, customer TEXT, stage TEXT, state TEXT, "
        "estimated INTEGER, actual INTEGER, percent INTEGER, opened TEXT, expected TEXT, closed TEXT)"
    )
    for number in range(count):
        state = chance.choice(["open", "won", "lost"])
        opened = date(2025, 1, 1) + timedelta(days=chance.randrange(600))
        closed = min(opened + timedelta(days=chance.randrange(-5, 90)), TODAY) if state != "open" else None
        cents = chance.choice([0, chance.randrange(1, 10**4), chance.randrange(10**5, 10**9)])
        percent = {"won": 100, "lost": 0}.get(state, chance.randrange(5, 96, 5))
        database.execute(
            f"INSERT INTO deals VALUES ({', '.join('?' * 12)})",
            (
                f"D-{number}", chance.choice(["Søren Ågård", "Mia Holm", "Bjørn Æbelø"]), f"Håndscanner {number}",
                f"Kunde {number % 7} A/S", chance.choice(STAGES[state]), state, cents,
                cents + 100 * chance.randrange(50) if state == "won" and chance.random() < 0.7 else None, percent,
                opened.isoformat(), (opened + timedelta(days=60)).isoformat(), closed.isoformat() if closed else None,
            ),
        )  # fmt: skip
    return database


def truths(database: sqlite3.Connection) -> dict[str, Any]:
    """What the deals add up to, as sqlite adds it up: in cents, so that nothing is rounded on the way."""
    row = database.execute(
        "SELECT sum(state = 'won'), sum(state = 'lost'), sum(state = 'open'), "
        "sum(CASE WHEN state = 'won' THEN coalesce(actual, estimated) ELSE 0 END), "
        "sum(CASE WHEN state = 'open' THEN estimated ELSE 0 END), "
        "sum(CASE WHEN state = 'open' THEN estimated * percent ELSE 0 END) FROM deals"
    ).fetchone()
    won, lost, open_, revenue, open_value, weighted = row
    return {
        "won": won, "lost": lost, "open": open_, "removed": 0, "revenue": revenue / 100, "open_value": open_value / 100,
        "weighted": float(round(Decimal(weighted) / 10_000, 2)),
    }  # fmt: skip


_HEADER = [
    "Nr.",
    "Sælger",
    "Emne",
    "Kunde",
    "Fase",
    "Anslået",
    "Faktisk",
    "Sandsynlighed",
    "Oprettet",
    "Forventet",
    "Lukket",
]
_COLUMNS = "id, seller, name, customer, stage, estimated, actual, percent, opened, expected, closed"


def write(database: sqlite3.Connection, path: Path, shape: Shape) -> Path:
    """The deals as a text of this shape."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=shape.separator, lineterminator=shape.line_end)
    writer.writerow(_HEADER)
    for row in database.execute(f"SELECT {_COLUMNS} FROM deals ORDER BY id"):
        writer.writerow(
            [
                *row[:5],
                *(_money(cents, shape) for cents in row[5:7]),
                _percent(row[7], shape),
                *(date.fromisoformat(day).strftime(shape.date_format) if day else "" for day in row[8:]),
            ]
        )  # fmt: skip
    if shape.footer:
        writer.writerow([])
        writer.writerow(["Grand Totals"])
        writer.writerow(["Copyright (c) 2000-2026 somebody, inc. All rights reserved."])
    path.write_bytes(text.getvalue().encode(shape.encoding))
    return path


def write_book(database: sqlite3.Connection, path: Path) -> Path:
    """The deals as a workbook."""
    rows: list[list[Any]] = [_HEADER]
    for row in database.execute(f"SELECT {_COLUMNS} FROM deals ORDER BY id"):
        days = [date.fromisoformat(day) if day else None for day in row[8:]]
        amounts = [None if cents is None else cents / 100 for cents in row[5:7]]
        rows.append([*row[:5], *amounts, row[7], *days])
    return write_workbook(path, {"Handler": rows})


def _percent(percent: int, shape: Shape) -> str:
    if shape.percent == "share":
        return f"{percent / 100:g}".replace(".", shape.decimal)
    return shape.percent.format(percent)


def _money(cents: int | None, shape: Shape) -> str:
    if cents is None:
        return ""
    whole = f"{cents // 100:,}".replace(",", shape.thousands)
    return shape.money.format(f"{whole}{shape.decimal}{cents % 100:02}")
