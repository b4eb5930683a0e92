"""Trackers: the events that change them and the service for page and command line."""
