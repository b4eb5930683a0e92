"""The page `trackers`: its panels, queries and texts."""
