"""The contract: the events that come in, the topics that carry them, the reasons for which they are rejected.

Imports nothing of ours, so that a producer can depend on it alone.
"""
