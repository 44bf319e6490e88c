"""An engine that looks at every document for every query.

It holds nothing but documents and is written to be plainly right: the tests compare
the other engines with it, and small tools use it where no index should be left behind.
"""

from __future__ import annotations

from search.engines.memory.engine import MemoryEngine

__all__ = ["MemoryEngine"]
