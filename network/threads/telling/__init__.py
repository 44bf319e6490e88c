"""Telling people of posts that are addressed to them: replies to what they started, comments on their guides."""
