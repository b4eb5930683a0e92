"""All settings, and whether a server can listen where they say."""
