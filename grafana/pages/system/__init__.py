"""The page `system`: its panels, queries and texts."""
