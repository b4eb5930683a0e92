"""The page `team`: its panels, queries and texts."""
