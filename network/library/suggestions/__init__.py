"""Suggestions: changes that somebody proposes to a guide, and what its owner answers."""
