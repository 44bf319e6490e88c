"""Search on Whoosh 2.7.4: an index in files, nothing else to run.

Whoosh stores and merges the postings; reading, matching, ranking and counting are done
here, term by term over whole posting lists, which is many times faster than its own
matchers and gives totals, facets and tabs from the same pass. `Searcher.refresh()` is
never used: in the forks it keeps deleted text findable.
"""

from __future__ import annotations

from search.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
