"""The page `seller`: its panels, queries and texts."""
