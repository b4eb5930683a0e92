"""What reaches a manager without looking: the alert rules, their state, and the files from which Grafana takes them.

`rules` says what is watched, `evaluate` finds the state without a Grafana, `files` writes the provisioning.
"""
