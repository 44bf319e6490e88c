"""What moderators decided for a search: results that stand on top, and results that are left out."""
