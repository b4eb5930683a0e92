"""Structured logs without customers' words."""
