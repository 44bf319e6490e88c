"""Which guide a guide was made from, and which were made from it."""
