"""Keeping files outside the web root under names that nobody can guess."""
