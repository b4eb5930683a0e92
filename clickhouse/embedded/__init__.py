"""ClickHouse's engine (chDB) in this process, behind ClickHouse's HTTP interface on loopback.

For demo, tests and a single machine: worker, page and Grafana use it with the client and the protocol of production.
"""
