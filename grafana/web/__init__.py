"""The built-in page: shows the committed dashboards in the browser where no Grafana runs."""
