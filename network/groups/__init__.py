"""Peer-support groups and who belongs to them."""
