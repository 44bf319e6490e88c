"""Guides that came out of an archive of another network, with their past: who wrote them there, and when."""
