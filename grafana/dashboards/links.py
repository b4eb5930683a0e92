"""Addresses from page to page. Each keeps the time range and who is looked at."""

from __future__ import annotations

from grafana.dashboards.panels import Link
from grafana.i18n import Language, uid

WHO = "${team:queryparam}&${seller:queryparam}"


def to_page(page: str, language: Language, *extra: str) -> str:
    """Another page with the same range, team and seller."""
    return f"/d/{uid(page, language)}?" + "&".join(["${__url_time_range}", WHO, *extra])


def to_call(title: str, language: Language) -> Link:
    """The summary of the call in a row with `call_id`, `from_ms` and `to_ms`: its range is the call's own."""
    address = (
        f"/d/{uid('call', language)}?var-call_id=${{__data.fields.call_id:percentencode}}"
        "&from=${__data.fields.from_ms}&to=${__data.fields.to_ms}"
    )
    return Link(title, address)


def to_live_call(title: str, language: Language) -> Link:
    """The summary of a call in progress in a row with `call_id` and `from_ms`: its range follows the clock."""
    address = (
        f"/d/{uid('call', language)}?var-call_id=${{__data.fields.call_id:percentencode}}"
        "&from=${__data.fields.from_ms}&to=now"
    )
    return Link(title, address)


def to_words(title: str, language: Language, said: str = "${__value.raw:percentencode}") -> Link:
    """The call that is shown, with its transcript searched for what a mark says."""
    return Link(
        title, f"/d/{uid('call', language)}?${{__url_time_range}}&${{call_id:queryparam}}&var-search={said}"
    )


def to_seller(title: str, language: Language) -> Link:
    """The details of the seller in a row with `seller_id`."""
    address = (
        f"/d/{uid('seller', language)}?${{__url_time_range}}&${{team:queryparam}}"
        "&var-seller=${__data.fields.seller_id:percentencode}"
    )
    return Link(title, address)


CALL_RANGE = (
    "toUnixTimestamp64Milli(call_started_at) - 60000 AS from_ms,"
    " toUnixTimestamp64Milli(call_started_at) + duration_ms + 60000 AS to_ms"
)
"""Columns that a link to a call needs, beside `call_id`."""
