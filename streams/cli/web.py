"""`salgspuls web`."""

from __future__ import annotations

import click

from streams.cli.session import Session


@click.command()
@click.pass_obj
def command(session: Session) -> None:
    """Serve the dashboards as a page, live from ClickHouse, until it is stopped. Needs no Grafana.

    Whoever reaches its address sees it, unless SALGSPULS_WEB_USERS names a file of users (`salgspuls users`). Who
    sees everything may change the active trackers, which takes Kafka and ClickHouse's writer;
    SALGSPULS_WEB_EDIT_TRACKERS=false makes it a page that only reads.

    \b
    Examples:
      salgspuls web
      SALGSPULS_WEB_LANGUAGE=da SALGSPULS_WEB_EDIT_TRACKERS=false salgspuls web
    """
    from streams.config.listening import check_listening

    settings = session.settings
    web, reporting = settings.web, settings.reporting
    check_listening("web", web.host, web.port)
    session.configure_logs()
    # loading the page takes seconds, so what cannot be served is said before
    from grafana.alerts.rules import Office
    from grafana.config import Enough
    from grafana.web.app import run
    from grafana.web.config import PageConfig
    from grafana.web.users import UserFile
    from streams.sellers.service import SellerService
    from streams.trackers.service import TrackerService

    run(
        PageConfig(
            clickhouse=settings.clickhouse.config("reader"),
            host=web.host,
            port=web.port,
            hosts=web.names,
            max_pages=web.max_pages,
            language=web.language,
            time_zone=reporting.timezone,
            fiscal_start=reporting.fiscal_year_start_month,
            recording_url=reporting.recording_url,
            goals=reporting.goals,
            enough=Enough(reporting.enough_calls, reporting.enough_seconds, reporting.enough_minutes),
            office=Office(reporting.timezone, reporting.office_opens, reporting.office_closes),
            users=UserFile(web.users) if web.users else None,
            stars=SellerService(settings) if web.edit_trackers else None,
            editor=TrackerService(settings) if web.edit_trackers else None,
        )
    )
