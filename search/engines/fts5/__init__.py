"""Search on SQLite FTS5: one file, in the standard library, for a hundred thousand documents.

FTS5 keeps the postings, finds phrases and makes each commit visible at once to every
process. What it is given is analysed already, so a word means the same as in the other
engines. Counting and ranking are done here on sets of documents, each a bit of one
integer, with the formula of all engines.
"""

from __future__ import annotations

from search.engines.fts5.engine import Fts5Engine

__all__ = ["Fts5Engine"]
