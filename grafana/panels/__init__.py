"""What a page shows, free of any language and of any program that draws it: panels, their columns, links and places.

`grafana.render` draws it as Grafana's JSON, `grafana.web` in the browser.
"""
