"""The fold of one call's facts: state, timeline and rows."""
