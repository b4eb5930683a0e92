"""The page `wall`: its panels, queries and texts."""
