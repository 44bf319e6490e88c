"""Collections: lists of guides and discussions that somebody chose, in order, with a note on each."""
