"""`salgspuls worker`."""

from __future__ import annotations

import click

from streams.cli.session import Session


@click.command()
@click.pass_obj
def command(session: Session) -> None:
    """Consume events from Kafka, analyse them, and store the results in ClickHouse, until it is stopped.

    It waits for Kafka and ClickHouse when they do not answer yet, creates the topics that are missing, and
    refuses a database that lacks migrations. Several may run: they share the partitions of the topics. Ctrl-C
    or SIGTERM stores what was read and stops within seconds; nothing is lost either way, for an event counts as
    read only once it is stored.

    \b
    It reports on itself at http://127.0.0.1:6066:
      /live     it runs
      /ready    it can store what it reads
      /metrics  numbers for Prometheus

    \b
    Example, with a broker and a ClickHouse elsewhere:
      export SALGSPULS_KAFKA_BOOTSTRAP=broker:9092 SALGSPULS_CLICKHOUSE_HOST=clickhouse
      salgspuls migrate && salgspuls worker
    """
    from streams.worker.main import run

    raise click.exceptions.Exit(run(session.settings))
