"""Structured logs: one line an event, ours and the libraries', with the call's id and never a customer's words.

    log = logger(__name__)
    with about_call(call_id):
        log.info("call reloaded", segments=214)

The message is a literal; what varies goes in fields, which are checked before they are written.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any, TextIO  # Any: whatever a log line is given

import structlog
from pydantic import ValidationError
from structlog.typing import EventDict, Processor, WrappedLogger

from schemas.events import EVENT_TYPES
from streams.config.settings import LogSettings
from streams.logs.limits import RateLimit

CUSTOMER_FIELDS = frozenset[str]().union(*(kind.CUSTOMER_FIELDS for kind in EVENT_TYPES))
"""Fields of events that hold words of, or about, a customer: a log line has none of them."""

WITHHELD = "[withheld]"

_PLAIN = (str, int, float, bool, type(None), Decimal, date, timedelta, Enum, PurePath)
_MAX_TEXT_LENGTH = 500
_MAX_EVENT_LENGTH = 2_000
_BEHIND_PATH = re.compile(r"(https?://[^\s?#]*)[?#]\S+")
_OURS = ("clickhouse", "streams", "grafana")
_FLOODING_LOGGERS = ("aiohttp.server", "aiokafka", "asyncio", "engineio", "nicegui", "socketio", "uvicorn")


def configure(settings: LogSettings, stream: TextIO | None = None) -> None:
    """Send all logs of the process to `stream` (standard error). To be called once, before the work begins."""
    colours = (stream or sys.stderr).isatty()
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.format == "json"
        else structlog.dev.ConsoleRenderer(colors=colours)
    )
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        withhold_customer_words,
        _format_exception,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    handler.addFilter(_withhold_from_arguments)
    handler.addFilter(RateLimit(*_FLOODING_LOGGERS))
    # At DEBUG aiokafka logs each message's value, and at INFO Faust each of its parts: libraries only warn, unless
    # everything is asked for.
    libraries = (
        logging.INFO
        if settings.level == "DEBUG"
        else max(logging.WARNING, logging.getLevelName(settings.level))
    )
    logging.basicConfig(handlers=[handler], level=libraries, force=True)
    for package in _OURS:
        logging.getLogger(package).setLevel(settings.level)
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)  # a probe every few seconds is no news


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module."""
    bound: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return bound


def about_call(call_id: str) -> AbstractContextManager[None]:
    """Within it every line, also of a library, says which call it is about."""
    return structlog.contextvars.bound_contextvars(call_id=call_id)


def withhold_customer_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace what may be a customer's words: a known field, at any depth, or an object that may hold one."""
    return {
        key: value if key.startswith("_") or key == "exc_info" else _safe(key, value)
        for key, value in event.items()
    }


def _safe(key: str, value: Any) -> Any:
    if key in CUSTOMER_FIELDS:
        return WITHHELD
    if isinstance(value, Mapping):
        return {str(inner): _safe(str(inner), each) for inner, each in value.items()}
    if isinstance(value, (list, set, frozenset)) or type(value) is tuple:  # a row is a subclass of tuple
        return [_safe("", each) for each in value]
    if isinstance(value, BaseException):
        return describe(value)
    if not isinstance(value, _PLAIN):
        return f"<{type(value).__name__}>"
    if isinstance(value, str):
        # what somebody searched for stands in an address, behind its path
        value = _BEHIND_PATH.sub(rf"\1?{WITHHELD}", value)
        longest = _MAX_EVENT_LENGTH if key == "event" else _MAX_TEXT_LENGTH
        return value if len(value) <= longest else value[:longest] + "…"
    return value


def _withhold_from_arguments(record: logging.LogRecord) -> bool:
    """Libraries interpolate objects; one that holds a message or a failed validation would show its content."""
    if isinstance(record.args, tuple):
        record.args = tuple(map(_safe_argument, record.args))
    return True


def _safe_argument(value: Any) -> Any:
    if isinstance(value, BaseException):
        return describe(value)
    if type(value).__name__ in ("Event", "ConsumerRecord", "ConsumerMessage") or hasattr(value, "_fields"):
        return f"<{type(value).__name__}>"
    return value


def describe(error: BaseException) -> str:
    """The error in a line; a failed validation would repeat what it was given, so only its extent is said."""
    if isinstance(error, ValidationError):
        return f"{type(error).__name__}: {error.error_count()} of the fields are not valid"
    return f"{type(error).__name__}: {error}"


def _format_exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The traceback as text. A failed validation repeats what it was given, so its message is replaced."""
    raised = event.pop("exc_info", None)
    if isinstance(raised, tuple):
        raised = raised[1]
    elif raised and not isinstance(raised, BaseException):
        raised = sys.exception()
    if raised:
        text = "".join(traceback.format_exception(raised))
        for error in _chain(raised):
            if isinstance(error, ValidationError):
                text = text.replace(f"{type(error).__name__}: {error}", describe(error))
        event["exception"] = text.rstrip()
    return event


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [each.__cause__, each.__context__]
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions
