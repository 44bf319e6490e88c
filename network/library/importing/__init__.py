"""Reading guides out of folders, archives, Markdown, HTML and Word: bytes in, documents out.

Nothing here knows the database or the web. Start at ``read.read``.
"""
