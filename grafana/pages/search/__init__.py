"""The page `search`: its panels, queries and texts."""
