"""Fixtures of the tests against real servers."""

from __future__ import annotations

from tests.support.brokers import apache_kafka, cluster, tansu

__all__ = ["apache_kafka", "cluster", "tansu"]
