"""The page `home`: its panels, queries and texts."""
