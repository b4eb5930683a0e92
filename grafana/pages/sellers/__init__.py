"""Sellers: who counts as a top seller, team and manager."""
