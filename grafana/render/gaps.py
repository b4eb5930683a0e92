"""Where nothing was measured, no line is drawn: Grafana connects what follows in an answer, nights and all."""

from __future__ import annotations

from collections.abc import Sequence

from grafana.panels.panels import DAY_SECONDS, GAP_DAYS, GAP_STEPS


def with_gaps(sql: str, columns: Sequence[str]) -> str:
    """A query of `time`, sorted, and `columns`, with an empty row wherever more time passes than usual.

    Of columns called `name` the text stays: where each name has a row of its own, an empty one of any of them is a
    moment without values for them all.
    """
    emptied = ", ".join(name if name == "name" else f"if(is_gap, NULL, {name}) AS {name}" for name in columns)
    names = ", ".join(columns)
    least, most = DAY_SECONDS
    usual = f"if(step BETWEEN {least} AND {most}, {GAP_DAYS}, {GAP_STEPS}) * step"
    return (
        f"SELECT if(is_gap, addSeconds(moment, step), moment) AS time, {emptied}\n"
        f"FROM (\n    SELECT moment, nth, {names}, apart, minIf(apart, apart > 0) OVER () AS step\n"
        f"    FROM (\n        SELECT time AS moment, nth, {names}, dateDiff('second', time,\n"
        "            leadInFrame(time, 1, time)"
        " OVER (ORDER BY nth ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)) AS apart\n"
        f"        FROM (SELECT *, rowNumberInAllBlocks() AS nth FROM (\n{sql}\n))\n    )\n)\n"
        f"ARRAY JOIN if(apart > {usual}, [false, true], [false]) AS is_gap\nORDER BY time, nth"
    )
