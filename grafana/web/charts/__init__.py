"""Charts: a panel and its answer as options of ECharts, a module a kind. Pure.

Words of customers become values only, never keys: the chart component reads keys that begin with a colon as code. The
tooltips are text, not HTML.
"""
