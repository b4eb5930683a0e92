"""What is found in the text of one segment: one module an analysis, one analyser for all of them."""
