"""The bill of materials of what is shipped, as CycloneDX: `make sbom`, or `python -m deploy.sbom FILE`.

Names and versions are those of requirements.lock, licences those of deploy/licenses.toml and of the installed packages.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path
from typing import Any  # Any: TOML documents

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.contrib.this.builders import this_component
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parents[1]
RULES: dict[str, Any] = tomllib.loads((ROOT / "deploy" / "licenses.toml").read_text("utf-8"))
_AS_SPDX = {
    "Apache": "Apache-2.0",
    "MIT": "MIT",
    "Mozilla Public License 2.0": "MPL-2.0",
    "MPL-2.0": "MPL-2.0",
    "BSD-2-Clause": "BSD-2-Clause",
    "BSD-3-Clause": "BSD-3-Clause",
    "PSF-2.0": "PSF-2.0",
    "Python Software Foundation": "PSF-2.0",
    "ISC": "ISC",
}
"""How packages that say no SPDX expression begin what they say, and what they mean."""


class UnknownLicenseError(Exception):
    """A package does not say its licence in a way that is understood: [said] in deploy/licenses.toml may."""


def locked(lock: Path) -> dict[str, str]:
    """Package -> version of a lock file."""
    pattern = r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([^ ;\\]+)"
    return dict(re.findall(pattern, lock.read_text("utf-8"), re.MULTILINE))


def license_of(package: str) -> str:
    """The SPDX expression of an installed package's licence. Raises UnknownLicenseError."""
    if package in RULES["said"]:
        return str(RULES["said"][package])
    if package in RULES["exceptions"]:
        return str(RULES["exceptions"][package]["license"])
    described = metadata(package)
    if "License-Expression" in described:
        return described["License-Expression"]
    for text in _told(described):
        for beginning, spdx in _AS_SPDX.items():
            if text.startswith(beginning):
                return spdx
    raise UnknownLicenseError(
        f"{package}: {list(_told(described))}: add it to [said] in deploy/licenses.toml"
    )


def _told(described: PackageMetadata) -> list[str]:
    classifiers = [
        line.rpartition(" :: ")[2] for line in described.get_all("Classifier") or [] if line[:7] == "License"
    ]
    return [*classifiers, *(described.get_all("License") or [])]


def bill() -> Bom:
    """What requirements.lock installs, and Salgspuls itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    bom = Bom()
    bom.metadata.component = _component(
        project["name"], project["version"], project["license"], ComponentType.APPLICATION
    )
    bom.metadata.tools.components.add(this_component())
    parts = [
        _component(name, version, license_of(name), ComponentType.LIBRARY)
        for name, version in locked(ROOT / "requirements.lock").items()
    ]
    bom.components.update(parts)
    bom.register_dependency(bom.metadata.component, parts)
    return bom


def _component(name: str, version: str, license_: str, kind: ComponentType) -> Component:
    purl = PackageURL("pypi", name=name, version=version)
    licenses = [LicenseFactory().make_from_string(license_)]
    return Component(name=name, version=version, type=kind, purl=purl, bom_ref=str(purl), licenses=licenses)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(JsonV1Dot6(bill()).output_as_string(indent=1) + "\n", encoding="utf-8")
