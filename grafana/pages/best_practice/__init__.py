"""The page `best practice`: its panels, queries and texts."""
