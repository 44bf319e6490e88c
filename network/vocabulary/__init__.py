"""The curated list of topics, and the free words beside it."""
