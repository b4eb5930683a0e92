"""Run the embedded ClickHouse by itself: `python -m clickhouse.embedded` with a JSON configuration on standard input.

For tests and for looking at it alone; people use `salgspuls clickhouse`. Keys: path, host, port, writer and reader as
[name, password], limits, reader_databases. Prints "ready" when queries are answered.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any  # Any: JSON

from clickhouse.embedded.server import EmbeddedConfig, EmbeddedError, Login, ReaderLimits, serve


def main() -> int:
    """Serve; 1 with a line on standard error when that is not possible."""
    given: dict[str, Any] = json.load(sys.stdin)
    try:
        config = EmbeddedConfig(
            path=Path(given["path"]),
            host=given["host"],
            port=given["port"],
            writer=Login(*given["writer"]),
            reader=Login(*given["reader"]),
            limits=ReaderLimits(**given.get("limits", {})),
            reader_databases=tuple(given.get("reader_databases", ("salgspuls",))),
        )
        asyncio.run(serve(config, ready=lambda: print("ready", flush=True)))  # noqa: T201 - what it says is for whoever started it
    except EmbeddedError as error:
        print(error, file=sys.stderr)  # noqa: T201 - what it says is for whoever started it
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
