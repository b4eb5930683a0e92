"""The settings for people, made from their model: docs/settings.md, .env.example, and the tables in README.md.

Write them anew with `python -m streams.config.settings_docs` in the checkout; a test fails when they are stale.
"""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from typing import Any, Literal, get_args, get_origin  # Any: a setting's default

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from streams.config.section import env_name
from streams.config.settings import CONFIG_VARIABLE, sections

_BOUNDS = ("ge", "le")

_BEGINS = "<!-- settings, generated -->"
_ENDS = "<!-- end of settings -->"

CHECKOUT = Path(__file__).parents[2]

_INTRODUCTION = f"""\
# Settings

Generated from `streams/config/`; change it there and run `python -m streams.config.settings_docs`.

A setting comes from the environment, else from a TOML file, else from its default. The file is given by
`salgspuls --config FILE` or by the variable `{CONFIG_VARIABLE}`:

```toml
[kafka]
bootstrap = "broker-1:9092,broker-2:9092"   # SALGSPULS_KAFKA_BOOTSTRAP in the environment

[reporting]
timezone = "Europe/Copenhagen"              # SALGSPULS_REPORTING_TIMEZONE
```

An empty variable counts as absent. A name that is no setting, a value out of its range, a file that does not exist
and options that contradict each other are refused at the start. `salgspuls settings` shows what is in effect, with
secrets redacted. In Kubernetes set `enableServiceLinks: false`: a service called `salgspuls...` would otherwise put
variables of its own among these.
"""


def settings_page() -> str:
    """docs/settings.md."""
    return "\n".join([_INTRODUCTION, *_tables()])


def in_readme(readme: str) -> str:
    """The README with the tables of the settings between its two marks."""
    before, _, rest = readme.partition(_BEGINS)
    _, _, after = rest.partition(_ENDS)
    tables = "\n".join(_tables()).replace("## ", "#### ")
    return f"{before}{_BEGINS}\n{tables}{_ENDS}{after}"


def _tables() -> list[str]:
    lines = []
    for section, kind in sections().items():
        lines += [f"## {section}", (kind.__doc__ or "").strip(), ""]
        lines += ["| Variable | Default | Allowed | Meaning |", "|---|---|---|---|"]
        for name, field in kind.model_fields.items():
            cells = (f"`{env_name(section, name)}`", _default(field), _allowed(field), _meaning(field))
            lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
        lines.append("")
    return lines


def env_example() -> str:
    """.env.example: every variable with its default, all commented out."""
    lines = [
        "# Every setting with its default; docs/settings.md says what each means.",
        f"# {CONFIG_VARIABLE}=",
    ]
    for section, kind in sections().items():
        lines += ["", f"# {(kind.__doc__ or '').strip()}"]
        for name, field in kind.model_fields.items():
            lines.append(f"# {env_name(section, name)}={_plain(field.default)}")
    return "\n".join(lines) + "\n"


def _plain(value: Any) -> str:
    match value:
        case None | SecretStr():
            return ""
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value)


def _default(field: FieldInfo) -> str:
    plain = _plain(field.default)
    return f"`{plain}`" if plain else ""


def _meaning(field: FieldInfo) -> str:
    return re.sub(r"\s+", " ", field.description or "")


def _allowed(field: FieldInfo) -> str:
    kind = field.annotation
    if get_origin(kind) is Literal:
        return ", ".join(f"`{each}`" for each in get_args(kind))
    bounds = {
        name: bound
        for rule in field.metadata
        for name in _BOUNDS
        if (bound := getattr(rule, name, None)) is not None
    }
    if bounds:
        return f"{bounds['ge']} to {bounds['le']}"
    if kind is bool:
        return "`true`, `false`"
    if type(None) in get_args(kind):
        return "an existing file"
    if kind is time:
        return "HH:MM"
    return "secret" if kind is SecretStr else "text"


def main() -> None:
    """Write all three files."""
    readme = CHECKOUT / "README.md"
    readme.write_text(in_readme(readme.read_text(encoding="utf-8")), encoding="utf-8")
    (CHECKOUT / "docs" / "settings.md").write_text(settings_page(), encoding="utf-8")
    (CHECKOUT / ".env.example").write_text(env_example(), encoding="utf-8")


if __name__ == "__main__":
    main()
