"""The pages as Grafana's dashboards. `python -m grafana.render` writes those that are committed."""
