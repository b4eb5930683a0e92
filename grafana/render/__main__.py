"""Writes every dashboard: `python -m grafana.render`. With `--check` it only says what is stale."""

from __future__ import annotations

import sys

from grafana.dashboards import FOLDER
from grafana.render.grafana_json import files


def main(arguments: list[str]) -> int:
    built = files()
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    stale = sorted(name for name in built.keys() | committed.keys() if built.get(name) != committed.get(name))
    for name in stale:
        sys.stdout.write(f"{'stale' if '--check' in arguments else 'written'}: {name}\n")
    if "--check" in arguments:
        return 1 if stale else 0
    FOLDER.mkdir(exist_ok=True)
    for name in stale:
        if name in built:
            (FOLDER / name).write_text(built[name], encoding="utf-8")
        else:
            (FOLDER / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
