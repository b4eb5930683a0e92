"""The page `call`: its panels, queries and texts."""
