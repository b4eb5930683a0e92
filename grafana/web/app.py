"""`salgspuls web`: the pages in the browser, live from ClickHouse, without Grafana."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from fastapi import HTTPException, Request
from fastapi.responses import PlainTextResponse, RedirectResponse
from nicegui import Client, app, background_tasks, ui

from grafana.config import goals
from grafana.i18n import page_of, uid
from grafana.web import words
from grafana.web.access import EVERYTHING
from grafana.web.alerts import AlertWatch
from grafana.web.board import Board
from grafana.web.config import PageConfig
from grafana.web.queries import QueryRunner
from grafana.web.security import PageGuard
from grafana.web.sign_in import SESSION, Session, SignIn
from grafana.web.viewer import Viewer


async def _not_found(_request: Request, _error: Exception) -> PlainTextResponse:
    """In place of the framework's, which would build a page and log a line for each address that somebody tries."""
    return PlainTextResponse("There is nothing at this address.", 404)


def run(config: PageConfig) -> None:
    """Serves the page until it is stopped. Blocks; must run in the main thread."""
    runner = QueryRunner(config.clickhouse, config.query_timeout, shared_for=config.refresh / 2)
    watch = AlertWatch(config.office, runner, config.refresh)
    app.on_startup(lambda: background_tasks.create(watch.run()))
    app.on_shutdown(runner.close)

    if config.users is not None:
        app.add_middleware(SignIn, users=config.users, language=config.language)
    app.add_middleware(
        PageGuard, hosts=config.hosts, is_full=lambda: len(Client.instances) >= config.max_pages
    )

    app.add_exception_handler(404, _not_found)

    @app.get("/")
    def home() -> RedirectResponse:
        return RedirectResponse(f"/d/{uid('home', config.language)}")

    @app.get("/signed-in", status_code=204)
    def signed_in() -> None:
        """What a silent page asks: without a session, SignIn answers 401."""

    @ui.page("/d/{name}")
    @ui.page("/d/{name}/{slug}")
    def dashboard(request: Request, client: Client, name: str) -> None:
        page_name, language = page_of(name)
        if page_name not in config.pages or uid(page_name, language) != name:
            ui.label(words.NO_DASHBOARD.of(config.language).format(uid=name)).classes("page-missing")
            return
        parameters = {key: request.query_params.getlist(key) for key in request.query_params}
        session: Session | None = request.scope.get(SESSION)
        if session is None and config.users is not None:
            raise HTTPException(401)
        fixed = {
            "tz": config.time_zone,
            "fiscal_start": str(config.fiscal_start),
            "recording_url": config.recording_url,
            "goals": goals(config.goals),
            **{name: str(number) for name, number in config.enough._asdict().items()},
        }
        viewer = Viewer(
            config.pages[page_name],
            language,
            ZoneInfo(config.time_zone),
            fixed,
            parameters,
            session.access if session else EVERYTHING,
        )
        Board(viewer, config, runner, watch, client, session.is_open if session else lambda: True).build()

    ui.run(
        host=config.host,
        port=config.port,
        # with the framework's 3 s a busy machine missed beats, and pages were loaded again without what was chosen
        reconnect_timeout=15,
        title="Salgspuls",
        reload=False,
        show=False,
        tailwind=False,
        show_welcome_message=False,
        favicon="📈",
    )
