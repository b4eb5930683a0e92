"""What a view needs to star sellers, and why that fails."""

from __future__ import annotations

from typing import Protocol

from streams.trackers.model import TrackerError


class UnknownSellerError(TrackerError):
    """No event has named the seller `seller_id` yet."""

    template = "There is no seller {seller_id!r}; `salgspuls sellers list` shows all."


class SellerEditor(Protocol):
    """Each call returns when the change is stored, and raises TrackerError: unknown, not sent, or not stored yet."""

    async def star(self, seller_id: str, starred: bool) -> str:
        """Put a seller on the list of top sellers, or take them off it. Returns their name."""
