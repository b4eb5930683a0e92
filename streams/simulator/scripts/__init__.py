"""The screenplays, as text files: `da_*.txt` in Danish, `en_*.txt` in English."""
