"""Customers."""

from __future__ import annotations

from random import Random

from streams.simulator.catalogue import make_customer


def test_the_same_company_is_always_called_the_same_and_answered_by_the_same_person() -> None:
    rng = Random(5)
    known: dict[str, tuple[str, str, str]] = {}

    for _ in range(2_000):
        customer = make_customer(rng, "da")
        said = (customer.name, customer.contact, customer.colleague)
        assert customer.contact.split()[0] != customer.colleague.split()[0]
        assert known.setdefault(customer.customer_id, said) == said
    assert len({name for name, *_ in known.values()}) == len(known) > 200
