"""The final facts of a stream."""

from __future__ import annotations

from schemas.events import SellerChanged
from streams.simulator import facts


def seller(revision: int, name: str) -> SellerChanged:
    return SellerChanged(revision=revision, seller_id="s-1", name=name, team="Nord")


def test_the_highest_revision_stands_whenever_it_came() -> None:
    final = facts([seller(2, "Molly Clark"), seller(3, "Molly Bech"), seller(1, "Moly")])

    assert final == {("seller_changed", "seller:s-1"): seller(3, "Molly Bech")}


def test_of_equal_revisions_the_first_stands() -> None:
    assert list(facts([seller(1, "Molly"), seller(1, "Polly")]).values()) == [seller(1, "Molly")]
