"""Simulated calls and deals, and every number that they must give. Pure: time and seed are passed in."""

from streams.simulator.calls import Call, CallTruth
from streams.simulator.diary import WARM_UP, Spike
from streams.simulator.facts import facts
from streams.simulator.faults import faulty
from streams.simulator.world import World

__all__ = ["WARM_UP", "Call", "CallTruth", "Spike", "World", "facts", "faulty"]
