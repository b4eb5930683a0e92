"""The users of `deploy/clickhouse`, by ClickHouse's own reading of them: what the reader gets, and what is refused.

The engine reads a server's configuration where its working directory has one. So the real schema is opened by an engine
whose only user has the grants that the file gives to the reader.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from clickhouse.client import connect
from clickhouse.schema import migrate, view_files
from clickhouse.schema.tables import STORE, TABLES, VIEWS
from tests.support.embedded_clickhouse import MIGRATION_VARIABLES, ROOT, running_clickhouse

USERS = ROOT / "deploy" / "clickhouse" / "users.d" / "salgspuls.xml"
CONFIG = "<clickhouse><users_config>users.xml</users_config></clickhouse>"
ASK = """
import json, sys
import chdb
connection = chdb.connect(sys.argv[1])
said = {}
for statement in json.load(sys.stdin):
    try:
        said[statement] = str(connection.query(statement, "TSV")).strip()
    except Exception as error:
        said[statement] = str(error)
print(json.dumps(said))
"""


def _users_as(name: str) -> str:
    """The file with one of its users in the place of the engine's own. Constraints on settings need an option that the
    engine has not read yet when it comes to them."""
    root = ElementTree.parse(USERS).getroot()
    for profile in root.findall("profiles/*"):
        for constraints in profile.findall("constraints"):
            profile.remove(constraints)
    people, profiles, quotas = (root.find(name) for name in ("users", "profiles", "quotas"))
    assert people is not None
    assert profiles is not None
    assert quotas is not None
    ElementTree.SubElement(profiles, "default")
    ElementTree.SubElement(quotas, "default")
    for user in list(people):
        for password in user.findall("password"):
            password.attrib.clear()
        if user.tag == "default":
            people.remove(user)
        elif user.tag == name:
            user.tag = "default"
    return ElementTree.tostring(root, encoding="unicode")


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as `migrate` makes it, and nobody who serves it."""
    path = tmp_path_factory.mktemp("store")
    with running_clickhouse(path) as running, connect(running.writer) as writer:
        migrate.apply(writer, variables=MIGRATION_VARIABLES)
    return path / "engine"


def ask(schema: Path, folder: Path, user: str, statements: list[str]) -> dict[str, str]:
    """What the engine answers to statements of one of the users."""
    (folder / "config.xml").write_text(CONFIG, encoding="utf-8")
    (folder / "users.xml").write_text(_users_as(user), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(schema)],
        cwd=folder,
        input=json.dumps(statements),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return said


def test_the_reader_reads_every_view_and_changes_nothing(schema: Path, tmp_path: Path) -> None:
    views = [view for view in view_files.read(migrate.PRODUCT.views, VIEWS) if "{" not in view.statement]
    allowed = [f"SELECT count() >= 0 FROM {VIEWS}.{view.name}" for view in views]
    allowed.append(f"SELECT count() >= 0 FROM {VIEWS}.range(from = now(), to = now())")
    refused = [
        *(f"SELECT count() FROM {STORE}.{name}" for name in ("erased", "withdrawn_consents", "migrations")),
        f"INSERT INTO {STORE}.sellers (seller_id) SELECT 'x'",
        f"DROP VIEW {VIEWS}.calls",
        f"TRUNCATE TABLE {STORE}.calls",
        "CREATE USER somebody",
        "SELECT * FROM sqlite('x.db', 't')",
        "SELECT * FROM file('users.xml', 'LineAsString')",
        "SELECT * FROM url('http://127.0.0.1/', 'LineAsString')",
        "SET readonly = 0",
    ]
    said = ask(schema, tmp_path, "reader", allowed + refused)
    assert [statement for statement in allowed if said[statement] not in ("1", "true")] == []
    assert [
        statement
        for statement in refused
        if "ACCESS_DENIED" not in said[statement] and "READONLY" not in said[statement]
    ] == []


def test_the_worker_deletes_withdrawn_words_and_no_tables(schema: Path, tmp_path: Path) -> None:
    allowed = [
        *(f"SELECT count() >= 0 FROM {STORE}.{name}" for name in TABLES),
        *(
            f"ALTER TABLE {STORE}.{name} DELETE WHERE 0"
            for name in ("segments", "call_names", "name_hours", "word_hours", "term_months")
        ),
        f"INSERT INTO {STORE}.sellers (seller_id) SELECT 'x' WHERE 0",
    ]
    refused = [
        f"ALTER TABLE {STORE}.calls DELETE WHERE 0",
        f"DROP TABLE {STORE}.calls",
        f"DROP VIEW {VIEWS}.calls",
    ]
    said = ask(schema, tmp_path, "writer", allowed + refused)
    assert [statement for statement in allowed if "Exception" in said[statement]] == []
    assert [statement for statement in refused if "ACCESS_DENIED" not in said[statement]] == []
