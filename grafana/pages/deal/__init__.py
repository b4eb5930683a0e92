"""The page `deal`: its panels, queries and texts."""
