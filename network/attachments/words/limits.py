"""How much of a file is read, and how long that may take."""

from __future__ import annotations

MOST_LETTERS = 100_000
"""Characters of one file that can be searched: about forty pages."""

MOST_PAGES = 300
"""Pages of a PDF, slides of a presentation and sheets of a table that are looked at."""

MOST_UNPACKED = 60 * 1024 * 1024
"""Bytes of all the parts of an office file that are read."""

DEEPEST = 200
"""Elements inside one another."""

CPU_SECONDS = 10
SECONDS = 40.0
"""By the clock; longer than the work may take, for a busy machine."""

EXTRA_BYTES = 400 * 1024 * 1024
"""Memory beyond what the interpreter and its modules take."""
