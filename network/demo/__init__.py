"""A believable network for development: its content, and the loader that brings it in through the usual actions."""
