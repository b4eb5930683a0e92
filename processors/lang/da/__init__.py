"""Danish: data of the analyses, without logic."""
