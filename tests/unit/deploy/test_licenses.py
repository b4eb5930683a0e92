"""Everything that is installed may be used by a program under Apache-2.0, and the bill of materials lists it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from importlib.metadata import PackageNotFoundError

import pytest
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import LicenseExpression, get_spdx_licensing

from deploy.sbom import RULES, bill, license_of
from tests.support.locks import LOCKS, ROOT, locked

SPDX = get_spdx_licensing()
LOCKED = {name for lock in LOCKS for name in locked(lock)}


def permitted(expression: LicenseExpression) -> bool:
    """Of what is joined by AND each part has to be allowed, of what is joined by OR one."""
    if not expression.args:
        return str(expression) in RULES["allowed"]
    parts = [permitted(part) for part in expression.args]
    return all(parts) if expression.operator.strip() == "AND" else any(parts)


@pytest.mark.parametrize("package", sorted(LOCKED - RULES["exceptions"].keys()))
def test_a_locked_package_may_be_used_under_apache_2(package: str) -> None:
    try:
        found = license_of(package)
    except PackageNotFoundError:
        pytest.fail(f"{package} is for another system: name its licence in [said] of deploy/licenses.toml")
    assert permitted(SPDX.parse(found, validate=True, strict=True)), f"{package}: {found}"


def test_joined_licences_are_read_as_they_are_meant() -> None:
    assert permitted(SPDX.parse("GPL-3.0-only OR MIT"))
    assert not permitted(SPDX.parse("GPL-3.0-only AND MIT"))
    assert permitted(SPDX.parse("MPL-2.0 AND (Apache-2.0 OR MIT)"))
    assert not permitted(SPDX.parse("AGPL-3.0-only"))


def test_what_is_said_about_packages_is_about_locked_ones() -> None:
    for table in ("said", "exceptions", "stale"):
        assert RULES[table].keys() <= LOCKED, table


def test_exceptions_have_a_reason_and_what_has_no_releases_a_plan() -> None:
    assert all(len(each["because"]) > 40 for each in RULES["exceptions"].values())
    assert all(len(each["plan"]) > 30 for each in RULES["stale"].values())
    assert all(each["last"] < date(2021, 12, 1) for each in RULES["stale"].values())


def test_copyleft_is_not_shipped_but_for_what_the_notice_names() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    shipped = locked("requirements.lock").keys() & RULES["exceptions"].keys()
    assert all(name in notice for name in shipped)


def test_the_code_of_afinn_is_never_imported() -> None:
    """Its word lists are free, but it calls itself GPL."""
    code = (
        "import sys; from processors.analysis.sentiment import compound; "
        "assert compound('Det er rigtig dejligt', 'da') > 0; assert 'afinn' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_bill_of_materials_is_valid_and_lists_all_that_is_shipped() -> None:
    text = JsonV1Dot6(bill()).output_as_string()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    listed = {part["name"]: part for part in json.loads(text)["components"]}
    assert {name: part["version"] for name, part in listed.items()} == locked("requirements.lock")
    assert all(part["licenses"] for part in listed.values())
