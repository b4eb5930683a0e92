"""The pages, a folder each: `panels` (what stands where), `queries` (SQL), `texts` (both languages)."""
