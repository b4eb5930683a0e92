"""A ClickHouse query of a panel, which grafana-foundation-sdk lacks, in the plugin's model."""

from __future__ import annotations

import re
from typing import Any, Literal, Self  # Any: JSON

from grafana_foundation_sdk.cog import runtime, variants

DATA_SOURCE = "grafana-clickhouse-datasource"
PLUGIN_VERSION = "4.20.0"
FORMATS = {"timeseries": 0, "table": 1}

QueryType = Literal["timeseries", "table"]

_LIST = re.compile(r"\[\$\{(?P<name>\w+):singlequote\}\]")
_TEXT = re.compile(r"\$\{(?P<name>\w+):singlequote\}")


def encoded(sql: str) -> str:
    """The query with each variable taken from the letters of an address, in which no value can end its quotes.

    Grafana puts values in before the plugin expands macros, and its formats with quotes leave backslashes as they are.
    As part of an address a value has neither quotes nor backslashes nor parentheses, without which no macro takes
    arguments. A list is joined by the one character that no name has; "All" of a list is the empty name.
    """
    listed = _LIST.sub(
        r"splitByChar('\\0', replaceRegexpOne(decodeURLComponent("
        r"replaceAll(substring('${\g<name>:queryparam}', length('var-\g<name>=') + 1), '&var-\g<name>=', '%00')),"
        r" '^(.__all|All)$', ''))",
        sql,
    )
    return _TEXT.sub(r"decodeURLComponent('${\g<name>:percentencode}')", listed)


class ClickHouseQuery(variants.Dataquery):
    """SQL with Grafana's macros and variables; `timeseries` needs a first column of time, sorted."""

    def __init__(self, sql: str, query_type: QueryType = "table", ref_id: str = "A") -> None:
        self.sql = encoded(sql)
        self.query_type = query_type
        self.ref_id = ref_id

    def to_json(self) -> dict[str, object]:
        return {
            "datasource": {"type": DATA_SOURCE, "uid": "${datasource}"},
            "editorType": "sql",
            "format": FORMATS[self.query_type],
            "pluginVersion": PLUGIN_VERSION,
            "queryType": self.query_type,
            "rawSql": self.sql,
            "refId": self.ref_id,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(data["rawSql"], data["queryType"], data["refId"])


def register() -> None:
    """Lets the SDK read dashboards with such queries back."""
    runtime.register_dataquery_variant(
        runtime.DataqueryConfig(identifier=DATA_SOURCE, from_json_hook=ClickHouseQuery.from_json)
    )
