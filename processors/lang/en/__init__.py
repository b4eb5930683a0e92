"""English: data of the analyses, without logic."""
