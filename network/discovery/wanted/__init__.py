"""Wanted: the open board of what people searched for in vain and asked somebody to write."""
