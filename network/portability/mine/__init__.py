"""What somebody wrote beside guides, for their own archive: posts, comments, uses, suggestions, collections, flags and
their profile.
"""
