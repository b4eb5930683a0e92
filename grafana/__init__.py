"""Dashboards as code, and the page that shows the same dashboards where no Grafana runs."""
