"""`python -m clickhouse.schema` writes the table of metrics into docs/definitions.md."""

from __future__ import annotations

from pathlib import Path

from clickhouse.schema.metrics import definitions

FILE = Path(__file__).resolve().parents[2] / "docs" / "definitions.md"
BEGIN, END = "<!-- metrics: begin -->\n", "<!-- metrics: end -->\n"


def with_metrics(text: str) -> str:
    """The document with the table as the list of metrics says."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}{definitions()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    FILE.write_text(with_metrics(FILE.read_text(encoding="utf-8")), encoding="utf-8")
