"""Names of brands and organizations: candidates, the evidence for them, and what remains."""
