"""What is logged can be read by a machine, says which call it is about, and never what a customer said."""

from __future__ import annotations

import ast
import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from pydantic import ValidationError

import streams
from schemas.events import CallSegment, parse
from streams.config.settings import LogSettings
from streams.logs import logs

SECRET = "We are leaving you for Contoso"
ROOT = Path(streams.__file__).parent.parent


class Log:
    """Reads back what was logged."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


@pytest.fixture
def configured() -> Iterator[Callable[[LogSettings], Log]]:
    """Configures logging as asked; afterwards it is as before."""
    loggers = [logging.getLogger(name) for name in ("", "clickhouse", "streams", "grafana", "aiohttp.access")]
    handlers, levels = loggers[0].handlers[:], [each.level for each in loggers]

    def configure(settings: LogSettings) -> Log:
        captured = Log()
        logs.configure(settings, captured.stream)
        return captured

    yield configure
    structlog.reset_defaults()
    loggers[0].handlers[:] = handlers
    for each, level in zip(loggers, levels, strict=True):
        each.setLevel(level)


@pytest.fixture
def log(configured: Callable[[LogSettings], Log]) -> Log:
    return configured(LogSettings(level="DEBUG"))


def segment() -> CallSegment:
    return CallSegment(
        call_id="call-1",
        call_started_at=datetime(2026, 11, 24, 9, tzinfo=UTC),
        seller_id="s-1",
        consent=True,
        segment_id="1",
        speaker="customer",
        start_ms=0,
        end_ms=900,
        text=SECRET,
    )


def test_a_line_is_one_json_object_with_its_fields(log: Log) -> None:
    logs.logger("streams.worker.pipeline").info("flush stored", rows=812, seconds=0.021)
    (line,) = log.lines
    assert line["event"] == "flush stored"
    assert line["rows"] == 812
    assert line["level"] == "info"
    assert line["logger"] == "streams.worker.pipeline"
    assert datetime.fromisoformat(line["time"]).tzinfo is not None


def test_a_library_logs_in_the_same_form(log: Log) -> None:
    logging.getLogger("faust.agents").warning("Starting actor for partitions %s", {1, 2})
    (line,) = log.lines
    assert line["event"] == "Starting actor for partitions {1, 2}"
    assert line["level"] == "warning"


def test_lines_about_a_call_say_which_also_those_of_a_library(log: Log) -> None:
    with logs.about_call("call-7"):
        logs.logger("streams.worker.calls").info("call reloaded")
        logging.getLogger("faust").info("acknowledged")
    logs.logger("streams.worker.calls").info("idle")
    assert [line.get("call_id") for line in log.lines] == ["call-7", "call-7", None]


@pytest.mark.parametrize("field", sorted(logs.CUSTOMER_FIELDS))
def test_a_field_that_may_hold_customers_words_is_withheld(log: Log, field: str) -> None:
    logs.logger("streams.worker.calls").info(
        "segment folded", **{field: SECRET}, details={"inner": [{field: SECRET}]}
    )
    assert SECRET not in log.stream.getvalue()
    assert log.lines[0][field] == logs.WITHHELD
    assert log.lines[0]["details"] == {"inner": [{field: logs.WITHHELD}]}


def test_the_fields_of_the_contract_that_hold_words_are_all_known() -> None:
    assert {"text", "title", "customer_name", "participants", "name"} <= logs.CUSTOMER_FIELDS
    assert logs.CUSTOMER_FIELDS.isdisjoint({"call_id", "seller_id", "reason", "detail"})


def test_an_object_is_named_and_never_shown(log: Log) -> None:
    logs.logger("streams.worker.calls").info(
        "segment folded", fact=segment(), batch=[segment()], raw=SECRET.encode()
    )
    assert SECRET not in log.stream.getvalue()
    assert log.lines[0]["fact"] == "<CallSegment>"


def test_a_failed_validation_does_not_repeat_what_it_was_given(log: Log) -> None:
    payload = json.dumps({"type": "call_segment", "call_id": "c", "text": SECRET * 2, "consent": SECRET})
    try:
        try:
            parse(payload)
        except ValidationError as error:
            raise RuntimeError("flush failed") from error
    except RuntimeError as error:
        logs.logger("streams.worker.pipeline").exception("flush failed", error=error.__cause__)
        logging.getLogger("faust").exception("Crashed reason=%r", error.__cause__)
    ours, librarys = log.lines
    assert SECRET not in log.stream.getvalue()
    assert "of the fields are not valid" in ours["exception"]
    assert "RuntimeError: flush failed" in ours["exception"]
    assert "of the fields are not valid" in librarys["event"]


def test_libraries_are_kept_from_debug_for_aiokafka_logs_values_there(log: Log) -> None:
    logging.getLogger("aiokafka.producer.producer").debug("Sending (key=%s value=%s)", b"k", SECRET.encode())
    logs.logger("streams.worker.calls").debug("fold")
    assert [line["event"] for line in log.lines] == ["fold"]


def test_a_message_object_that_a_library_interpolates_is_only_named(log: Log) -> None:
    class ConsumerRecord:
        def __repr__(self) -> str:
            return f"ConsumerRecord(value={SECRET!r})"

    logging.getLogger("faust").error("cannot process %r", ConsumerRecord())
    assert log.lines[0]["event"] == "cannot process '<ConsumerRecord>'"


def test_what_stands_behind_an_address_or_is_endless_is_cut(log: Log) -> None:
    logging.getLogger("nicegui").warning("http://127.0.0.1/search?words=Karen%20Holm not found")
    logging.getLogger("nicegui").warning("http://127.0.0.1/%s not found", "a" * 60_000)
    searched, endless = (line["event"] for line in log.lines)
    assert searched == "http://127.0.0.1/search?[withheld] not found"
    assert len(endless) < 2_100


def test_a_flood_of_a_library_is_thinned_out(log: Log) -> None:
    broker = logging.getLogger("aiokafka.conn")
    for attempt in range(70):
        broker.error("Unable to connect to %s", f"127.0.0.1:{9000 + attempt}")
    assert [line["event"] for line in log.lines] == ["Unable to connect to 127.0.0.1:9000"]


def test_the_level_of_the_settings_holds(configured: Callable[[LogSettings], Log]) -> None:
    log = configured(LogSettings(level="WARNING"))
    logs.logger("streams.level").info("not worth it")
    logging.getLogger("faust").info("not worth it")
    logs.logger("streams.level").warning("worth it")
    assert [line["event"] for line in log.lines] == ["worth it"]


def test_console_lines_are_for_eyes(configured: Callable[[LogSettings], Log]) -> None:
    log = configured(LogSettings(format="console"))
    logs.logger("streams.console").info("ready", port=6066)
    assert re.search(r"info +.*ready .*port=6066", log.stream.getvalue())


def test_no_call_of_a_logger_interpolates_its_message_or_names_a_customer_field() -> None:
    """A message is a literal, so what varies must be a field, and a field is checked when it is written."""
    offences = []
    for path in sorted(
        file for room in ("clickhouse", "streams", "grafana") for file in (ROOT / room).rglob("*.py")
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and is_log_call(node):
                literal = node.args and isinstance(node.args[0], ast.Constant)
                named = {keyword.arg for keyword in node.keywords} & logs.CUSTOMER_FIELDS
                if not literal or named:
                    offences.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert offences == []


def is_log_call(node: ast.Call) -> bool:
    return (
        isinstance(node.func, ast.Attribute)
        and node.func.attr in ("debug", "info", "warning", "error", "exception", "critical")
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id.lower() in ("log", "_log", "logger", "_logger")
    )
