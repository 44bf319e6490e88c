"""What somebody wrote beside guides, for their own archive: posts, comments, uses, suggestions, unfinished edits,
collections, flags and their profile.
"""
