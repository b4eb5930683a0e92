"""The page `deals`: its panels, queries and texts."""
