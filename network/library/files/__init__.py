"""Files of guides: forms, tables and letters to take away, with versions, and found by their words."""
