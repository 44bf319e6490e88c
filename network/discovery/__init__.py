"""The only door to the search library: feeding the index, and the search page."""
