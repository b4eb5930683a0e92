"""Sends the dashboards to a Grafana that runs already, over its HTTP API (grafana-api).

For a Grafana that is not provisioned from files; one that is refuses to have its dashboards replaced.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any  # Any: JSON
from urllib.parse import urlsplit

from grafana_api.grafana_api import GrafanaClientError, GrafanaException, GrafanaUnauthorizedError
from grafana_api.grafana_face import GrafanaFace
from requests import RequestException, Timeout

from grafana.render.clickhouse_query import DATA_SOURCE

FOLDER_UID = "salgspuls"
FOLDER_TITLE = "Salgspuls"
TAG = "salgspuls"

Token = str
Login = tuple[str, str]
Dashboard = Mapping[str, Any]

_SECONDS = 30.0
_LONGEST_ANSWER = 300


class GrafanaError(Exception):
    """Grafana cannot do what it was asked; the text says what to do."""


def connect(address: str, auth: Token | Login) -> GrafanaFace:
    """A client of the Grafana at an address, as http://127.0.0.1:3000 or with a path. Connects to nothing yet."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise GrafanaError(f"{address!r} is no address of a Grafana: write it as http://127.0.0.1:3000")
    prefix = parts.path.strip("/")
    return GrafanaFace(
        auth,
        host=f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname,
        port=parts.port,
        url_path_prefix=f"{prefix}/" if prefix else "",
        protocol=parts.scheme,
        timeout=_SECONDS,
    )


def committed(folder: Path) -> list[dict[str, Any]]:
    """The dashboards of a folder, by name of file."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def push(grafana: GrafanaFace, dashboards: list[dict[str, Any]], version: str) -> Iterator[str]:
    """Create or replace the dashboards by uid in the folder `salgspuls`, then mark the moment by an annotation.

    Gives a line for each. Raises GrafanaError with the first that goes wrong; those before it are there.
    """
    yield _check_data_source(grafana)
    yield _ensure_folder(grafana)
    for dashboard in dashboards:
        uid = dashboard["uid"]
        with translated(f"dashboard {uid}"):
            answer = grafana.dashboard.update_dashboard(
                {
                    "dashboard": {**dashboard, "id": None},
                    "folderUid": FOLDER_UID,
                    "overwrite": True,
                    "message": f"Salgspuls {version}",
                }
            )
        yield f"dashboard {uid}: version {answer['version']}"
    with translated("annotation"):
        grafana.annotations.add_annotation(tags=[TAG, "published"], text=f"Dashboards of Salgspuls {version}")
    yield "annotation: published"


def _check_data_source(grafana: GrafanaFace) -> str:
    with translated("data sources"):
        found = [source for source in grafana.datasource.list_datasources() if source["type"] == DATA_SOURCE]
    if not found:
        raise GrafanaError(
            f"this Grafana has no data source of type {DATA_SOURCE}: install the plugin and add one that reads the "
            "database salgspuls as the reader"
        )
    return f"data source: {found[0]['name']}"


def _ensure_folder(grafana: GrafanaFace) -> str:
    try:
        with translated("folder"):
            grafana.folder.get_folder(FOLDER_UID)
    except _NotFoundError:
        with translated("folder"):
            grafana.folder.create_folder(FOLDER_TITLE, FOLDER_UID)
        return f"folder {FOLDER_TITLE}: created"
    return f"folder {FOLDER_TITLE}: is there"


class _NotFoundError(GrafanaError):
    pass


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Within it, what the client raises becomes GrafanaError, in words that say what to do."""
    try:
        yield
    except GrafanaUnauthorizedError:
        raise GrafanaError(
            f"{what}: Grafana does not accept the token or the login; create a service account's token with the role "
            "Admin and give it by GRAFANA_TOKEN"
        ) from None
    except GrafanaClientError as error:
        said = _said(error)
        if error.status_code == 404:
            raise _NotFoundError(f"{what}: Grafana does not know it: {said}") from None
        if error.status_code == 403:
            raise GrafanaError(
                f"{what}: the token may not do this: {said}; it needs the role Admin"
            ) from None
        if "provisioned" in said.lower():
            raise GrafanaError(
                f"{what}: this Grafana has it from a file, which overrides what is pushed: change the file, or take "
                "it out of the provisioning first"
            ) from None
        raise GrafanaError(f"{what}: Grafana refuses: {said}") from None
    except GrafanaException as error:
        raise GrafanaError(f"{what}: Grafana failed: {_said(error)}") from None
    except Timeout:
        raise GrafanaError(f"{what}: Grafana gave no answer within {_SECONDS:.0f} s") from None
    except RequestException as error:
        raise GrafanaError(f"{what}: no Grafana can be reached there: {type(error).__name__}") from None
    except ValueError:
        raise GrafanaError(f"{what}: what answers there is no Grafana") from None


def _said(error: GrafanaException) -> str:
    answer = error.response
    message = answer.get("message", answer) if isinstance(answer, Mapping) else answer
    return str(message)[:_LONGEST_ANSWER]
