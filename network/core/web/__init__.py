"""Everything about HTTP that is the same for every feature."""
