"""`salgspuls web`."""

from __future__ import annotations

import click

from streams.cli.session import Session


@click.command()
@click.pass_obj
def command(session: Session) -> None:
    """Serve the dashboards as a page, live from ClickHouse, until it is stopped. Needs no Grafana.

    The page has no login: whoever reaches its address sees it. It reads ClickHouse as the reader, who may not
    write.

    \b
    Example, in Danish:
      SALGSPULS_WEB_LANGUAGE=da salgspuls web
    """
    from grafana.page.app import run
    from grafana.page.config import PageConfig

    settings = session.settings
    session.configure_logs()
    run(
        PageConfig(
            clickhouse=settings.clickhouse.config("reader"),
            host=settings.web.host,
            port=settings.web.port,
            language=settings.web.language,
            time_zone=settings.reporting.timezone,
            fiscal_start=settings.reporting.fiscal_year_start_month,
        )
    )
