"""Discussions, questions and announcements in groups."""
