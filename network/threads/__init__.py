"""Posts in order: under discussions, and as comments under guides."""
