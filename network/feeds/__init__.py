"""Feeds of guides, beside the pages that they feed."""
