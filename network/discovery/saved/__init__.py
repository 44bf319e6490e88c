"""Saved searches: a search kept under a name, with alerts, a feed, and topics followed as searches."""
