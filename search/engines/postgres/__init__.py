"""Search on PostgreSQL: nothing beside the database to run, back up or keep in step.

The terms, their places and the ranking are the search library's own; PostgreSQL stores
them as text search vectors, finds by its inverted index, and counts. So what is found,
and in which order, is the same as on the other engines, and what one process writes all
others find at once.
"""

from __future__ import annotations

from search.engines.postgres.engine import PostgresEngine

__all__ = ["PostgresEngine"]
