"""The store that an import compares its calls with."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from getpass import getuser
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from streams.config.settings import Settings
    from streams.jobs.call_corrections import CallCorrections

_LONGEST_STATEMENT = 3600.0  # seconds; ClickHouse rewrites each month in which a row is deleted


@contextlib.contextmanager
def call_corrections(settings: Settings) -> Iterator[CallCorrections | None]:
    """Compares calls with what is stored; None, which is said, where ClickHouse does not answer."""
    from clickhouse.client import ClickHouseUnavailableError, wait_until_ready
    from clickhouse.erasure import RetentionFloor
    from clickhouse.schema.migrate import ensure_current
    from streams.jobs.call_corrections import CallCorrections
    from streams.worker.active_trackers import noticed_within

    config = replace(settings.clickhouse.config("writer"), read_timeout=_LONGEST_STATEMENT)
    with contextlib.ExitStack() as stack:
        try:
            client = stack.enter_context(
                wait_until_ready(config, timeout=0, waiting=lambda _line: None, database="")
            )
        except ClickHouseUnavailableError:
            click.echo(
                "ClickHouse does not answer, so calls are sent without looking whether they are stored already",
                err=True,
            )
            yield None
            return
        ensure_current(client)
        now = datetime.now(UTC)
        yield CallCorrections(
            client,
            RetentionFloor(
                calls_since=now - timedelta(days=settings.clickhouse.calls_days),
                segments_since=now - timedelta(days=settings.clickhouse.segments_days),
            ),
            until_noticed=partial(time.sleep, noticed_within(settings.worker)),
            say=partial(click.echo, err=True),
            asked_by=getuser(),
        )
