"""What Grafana's own components draw of the committed dashboards, over the answers of a real database.

Grafana publishes those of three kinds of panels; the other kinds live in its application alone, and are held by its
types (tests/integration/test_grafana_schema.py). `PICTURES=folder` keeps a picture of each dashboard.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from clickhouse_connect.driver.query import QueryResult
from playwright.sync_api import Browser, Page, TimeoutError

from grafana.dashboards import FOLDER
from grafana.macros import Variable
from tests.browser.conftest import Live
from tests.support.matrix import over
from tests.support.pages import sql_of
from tests.support.sample_rows import busiest_deal

DRAWING = Path(__file__).resolve().parents[1] / "support" / "grafana_ui"
DRAWN = {"stat", "table", "timeseries"}
ADDRESS = "http://127.0.0.1:9/"
"""Nobody listens there: what is asked of it is answered here."""
FRAME = """<!doctype html><style>
  *, *::before, *::after { box-sizing: border-box }
  body { margin: 0; background: #111217; color: #ccccdc; font: 14px Inter, sans-serif }
  section { position: absolute; background: #181b1f; border: 1px solid #2a2d33 }
  section > h6 { margin: 8px; font: 500 14px Inter, sans-serif; white-space: nowrap; overflow: hidden }
  section > div { position: absolute }
</style><main id=page></main>"""
SEEN = (DRAWING / "look.js").read_text(encoding="utf-8")

pytestmark = pytest.mark.grafana_ui


@cache
def boards() -> dict[str, Any]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}


def width_of(uid: str) -> int:
    """Pixels of the screen that a dashboard is made for."""
    return 1920 if uid.startswith("salgspuls-wall") else 1440


def box_of(uid: str, panel: Any) -> dict[str, int]:
    """Pixels of a panel: Grafana has 24 columns, rows of 30, and 8 between panels."""
    column = (width_of(uid) - 32 + 8) / 24
    place = panel["gridPos"]
    return {
        "x": round(place["x"] * column) + 16,
        "y": place["y"] * 38 + 16,
        "width": round(place["w"] * column) - 8,
        "height": place["h"] * 38 - 8,
    }


def fields_of(answer: QueryResult) -> list[dict[str, Any]]:
    """Columns as the plugin for ClickHouse gives them to a panel."""
    columns = answer.result_columns or [[] for _ in answer.column_names]
    fields = []
    for name, kind, values in zip(answer.column_names, answer.column_types, columns, strict=True):
        type_name, typed = _typed(kind.name, values)
        fields.append({"name": name, "type": type_name, "values": typed})
    return fields


def _typed(kind: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    for wrapper in ("LowCardinality(", "Nullable(", "SimpleAggregateFunction("):
        kind = kind.removeprefix(wrapper)
    if kind.startswith("Date"):
        return "time", [None if value is None else _milliseconds(value) for value in values]
    if kind.startswith("Bool"):
        return "boolean", list(values)
    if kind.startswith(("Int", "UInt", "Float", "Decimal")):
        return "number", [None if value is None or value != value else float(value) for value in values]
    return "string", [value if value is None else _text(value) for value in values]


def _text(value: Any) -> str:
    return json.dumps(list(value), ensure_ascii=False) if isinstance(value, list | tuple) else str(value)


def _milliseconds(value: Any) -> float:
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000


def wide(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A time series as the plugin gives it: a column of names becomes one field a name, which is its label."""
    named = [field for field in fields if field["type"] == "string"]
    if not named:
        return fields
    [name] = named
    [time] = [field for field in fields if field["type"] == "time"]
    moments = sorted(set(time["values"]))
    made: list[dict[str, Any]] = [{"name": time["name"], "type": "time", "values": moments}]
    for field in (field for field in fields if field["type"] == "number"):
        cells = dict(zip(zip(time["values"], name["values"], strict=True), field["values"], strict=True))
        for label in sorted(set(name["values"])):
            values = [cells.get((moment, label)) for moment in moments]
            labels = {name["name"]: label}
            made.append({"name": field["name"], "type": "number", "labels": labels, "values": values})
    return made


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grafana's components and what draws with them, as the browser loads them."""
    folder = tmp_path_factory.mktemp("grafana_ui")
    loaders = [f"--loader:.{kind}=empty" for kind in ("ttf", "woff2", "svg", "png")]
    settings = [
        "--bundle",
        "--jsx=automatic",
        "--log-level=error",
        "--define:process.env.NODE_ENV='production'",
    ]
    esbuild = DRAWING / "node_modules" / ".bin" / "esbuild"
    subprocess.run(
        [esbuild, DRAWING / "draw.jsx", *settings, *loaders, f"--outfile={folder / 'draw.js'}"],
        check=True,
        timeout=120,
    )
    return folder


@pytest.fixture
def canvas(chromium: Browser, bundle: Path) -> Iterator[Page]:
    """An empty dashboard that can draw. An error that Grafana's code reports fails the test."""
    wrong: list[str] = []
    page = chromium.new_page(viewport={"width": 1920, "height": 1000}, timezone_id="Europe/Copenhagen")
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.route(ADDRESS, lambda route: route.fulfill(content_type="text/html", body=FRAME))
    page.goto(ADDRESS)
    page.add_style_tag(path=bundle / "draw.css")
    page.add_script_tag(path=bundle / "draw.js")
    yield page
    page.close()
    assert wrong == []


def placed(live: Live, uid: str) -> list[dict[str, Any]]:
    chosen = {"call_id": Variable(("call-0003",)), "deal": Variable((busiest_deal(live.world),))}
    places = []
    for panel in boards()[uid]["panels"]:
        fields: list[dict[str, Any]] = []
        if panel["type"] in DRAWN:
            sql = sql_of(panel["targets"][0]["rawSql"], datetime.now(UTC), chosen=chosen)
            fields = fields_of(live.reader.query(sql))
            if panel["type"] == "timeseries":
                fields = wide(fields)
        heading = 32 if panel.get("title") else 0
        places.append({"panel": panel, "fields": fields, "box": box_of(uid, panel), "heading": heading})
    return places


@pytest.mark.parametrize(
    "uid", over(sorted(boards()), ["salgspuls-home", "salgspuls-home-da", "salgspuls-wall"])
)
def test_every_panel_is_drawn_and_nothing_is_cut(live: Live, canvas: Page, uid: str) -> None:
    places = placed(live, uid)
    now = datetime.now(UTC)
    span = [moment.timestamp() * 1000 for moment in (now - timedelta(days=90), now)]
    height = max(place["box"]["y"] + place["box"]["height"] for place in places) + 16
    # all of it in sight: of what is not, Chromium leaves out the text
    canvas.set_viewport_size({"width": width_of(uid), "height": height})
    canvas.evaluate("([panels, [from, to]]) => draw(panels, from, to)", [places, span])
    with contextlib.suppress(TimeoutError):  # then something is not drawn, and it is said below what
        canvas.wait_for_function("() => drawn()", timeout=30_000)
    if folder := os.environ.get("PICTURES"):
        canvas.screenshot(path=Path(folder) / f"{uid}.png")
    faults = []
    for place, seen in zip(places, canvas.evaluate(SEEN), strict=True):
        panel = place["panel"]
        faults += [
            f"{panel['title'] or panel['id']}: {fault}" for fault in faults_of(panel, place["fields"], seen)
        ]
    assert not faults, "\n".join(faults)


def faults_of(panel: Any, fields: list[dict[str, Any]], seen: Any) -> Iterator[str]:
    """What a viewer would complain of; `seen` is what look.js says of a panel."""
    if panel["type"] not in DRAWN:
        return
    if seen["broken"]:
        yield f"Grafana fails: {seen['broken']}"
    if seen["cut"]:
        yield f"cut off: {seen['cut']}"
    if seen["beyond"] > 4:
        yield f"{seen['beyond']} pixels of its columns are out of sight"
    some = any(value is not None for field in fields for value in field["values"])
    if panel["type"] == "timeseries":
        if some and not all(colours >= 4 for colours in seen["colours"] or [0]):
            yield f"no line is painted: {seen['colours']} colours"
    elif some and not seen["text"].strip():
        yield "nothing is written"
    elif some and seen["text"].strip() == panel["fieldConfig"]["defaults"].get("noValue"):
        yield "says that there is nothing, over an answer with rows"
    headings = seen["headings"]
    if len(set(headings)) < len(headings):
        yield f"two columns of one name, of which Grafana shows one twice: {headings}"
