"""The final facts of a stream of events: of each fact its highest revision, the first of equal ones."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.events import AnyEvent

FactKey = tuple[str, ...]


def facts(events: Iterable[AnyEvent]) -> dict[FactKey, AnyEvent]:
    """The final facts by (type, *fact_id)."""
    final: dict[FactKey, AnyEvent] = {}
    for event in events:
        key = (event.type, *event.fact_id)
        known = final.get(key)
        if known is None or event.revision > known.revision:
            final[key] = event
    return final
