"""Where nothing was measured, no area is drawn: Grafana connects what follows in an answer, nights included."""

from __future__ import annotations

from collections.abc import Sequence


def with_gaps(sql: str, columns: Sequence[str]) -> str:
    """A query of `time`, sorted, and `columns`, with an empty row wherever more time passes than usual."""
    emptied = ", ".join(f"if(is_gap, NULL, {name}) AS {name}" for name in columns)
    names = ", ".join(columns)
    return (
        f"SELECT if(is_gap, addSeconds(moment, step), moment) AS time, {emptied}\n"
        f"FROM (\n    SELECT moment, {names}, apart, minIf(apart, apart > 0) OVER () AS step\n"
        f"    FROM (\n        SELECT time AS moment, {names}, dateDiff('second', time,\n"
        "            leadInFrame(time, 1, time)"
        " OVER (ORDER BY time ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)) AS apart\n"
        f"        FROM (\n{sql}\n)\n    )\n)\n"
        "ARRAY JOIN if(apart > 1.5 * step, [false, true], [false]) AS is_gap\nORDER BY time"
    )
