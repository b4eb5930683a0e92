"""The page `sentiment`: its panels, queries and texts."""
