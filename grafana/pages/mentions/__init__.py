"""The page `mentions`: its panels, queries and texts."""
