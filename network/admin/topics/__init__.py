"""Keeping the curated list of topics."""
