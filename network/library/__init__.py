"""The best-practice library: guides, their versions and their import."""
