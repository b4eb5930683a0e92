"""Calls and deals that never were, and every number that they must give. Pure: time and seed are passed in."""

from streams.replay import TimedEvent
from streams.simulator.calls import Call, CallTruth
from streams.simulator.diary import Spike
from streams.simulator.facts import facts
from streams.simulator.faults import RawMessage, faulty
from streams.simulator.world import ClosedDeal, World

__all__ = ["Call", "CallTruth", "ClosedDeal", "RawMessage", "Spike", "TimedEvent", "World", "facts", "faulty"]
