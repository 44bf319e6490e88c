"""Answers one query in one transaction: conditions, counts, the rows worth reading, and their scores.

Audience, filters and tab stand in the statement itself, before anything is counted,
chosen or scored, so no number and no order tells of documents that the reader may not find.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from search.contract import Hit, Query, Results
from search.engines.postgres import schema
from search.engines.postgres.choosing import Choice, Weighed, choice
from search.engines.postgres.connections import Connections, MissingTable, Session, TooLong
from search.engines.postgres.counting import facets, facets_of, periods, periods_of, tabs, total
from search.engines.postgres.expanding import closed, weighed
from search.engines.postgres.matching import complete, conditions, fitting, pins
from search.engines.postgres.scoring import Formula, Row, answers, ordered, questions
from search.engines.postgres.statement import ALWAYS, NEVER, Piece, joined
from search.plan import Plan, plan
from search.query import FILTER_NAMES, parse

TIME_LIMIT = 1.0
# A rebuild deletes the index before the last: only several in a row reach a search that is under way.
_TRIES = 4
# A search whose time is up is tried once more, with the first rows that fit.
_HURRIED_SECONDS = 0.5
_HURRIED_ROWS = 1_000

_MATCHED = """
WITH matched AS MATERIALIZED (
    SELECT id, key, subject, updated, uses, title_length, facets FROM {documents} WHERE """
_READ = """), read AS MATERIALIZED (
    SELECT c.place, d.key, d.subject, extract(epoch FROM d.updated)::float8 AS updated, d.uses, d.standing,
    d.title_length, d.body_length, """
# Unpacked once here, the vector is then asked for each word; and rows are looked up, not read in a row.
_FROM = """ AS said
    FROM chosen c CROSS JOIN LATERAL (
        SELECT *, terms || ''::tsvector AS unpacked FROM {documents} WHERE id = c.id OFFSET 0
    ) d
) SELECT """
_COLUMNS = ", ".join(f"array_agg({name} ORDER BY place)" for name in Row._fields)


@contextmanager
def opened(connections: Connections, seconds: float) -> Iterator[tuple[Session, schema.Index | None]]:
    """A reading transaction with the index in use; None where there never was one."""
    with connections.reading(seconds) as session:
        yield session, _current(session)


def _current(session: Session) -> schema.Index | None:
    there = session.row("SELECT to_regclass('search_indexes') IS NOT NULL")
    return schema.current(session) if there and there[0] else None


def search(connections: Connections, query: Query, seconds: float) -> Results:
    """One page of hits with its counts; partial when the seconds ran out."""
    started = time.perf_counter()
    try:
        found = _on_the_index_in_use(connections, query, seconds)
    except TooLong:
        found = _hurried(connections, query)
    return replace(found, seconds=time.perf_counter() - started)


def _on_the_index_in_use(connections: Connections, query: Query, seconds: float) -> Results:
    """Begun again when a rebuild has deleted the index that was in use when this began."""
    for _ in range(_TRIES - 1):
        try:
            return _search(connections, query, seconds)
        except MissingTable:
            continue
    return _search(connections, query, seconds)


def _hurried(connections: Connections, query: Query) -> Results:
    """What a second, shorter try finds first; nothing where even that takes too long."""
    try:
        return replace(_search(connections, query, _HURRIED_SECONDS, hurried=True), partial=True)
    except TooLong:
        return replace(_nothing(query, plan(parse(query.text, FILTER_NAMES), (), query.alternatives)), partial=True)


def _search(connections: Connections, query: Query, seconds: float, *, hurried: bool = False) -> Results:
    with opened(connections, seconds) as (session, index):
        tree = parse(query.text, FILTER_NAMES)
        if index is None:
            return _nothing(query, plan(tree, (), query.alternatives))
        anywhere = plan(tree, index.languages, query.alternatives).closed(partial(closed, session=session, index=index))
        return _Search(session, index, query, anywhere, hurried=hurried).results()


def _nothing(query: Query, wanted: Plan) -> Results:
    return Results(
        hits=[],
        total=0,
        subjects={},
        facets={name: [] for name in query.facets},
        complete=not wanted.words,
        ignored=wanted.ignored,
        periods=dict.fromkeys(query.periods, 0),
    )


class _Search:
    """One query over one index."""

    def __init__(self, session: Session, index: schema.Index, query: Query, anywhere: Plan, *, hurried: bool) -> None:
        self.session = session
        self.index = index
        self.query = query
        self.anywhere = anywhere
        self.hurried = hurried
        self.plan = replace(anywhere, titles_only=anywhere.titles_only or query.titles_only)
        self.words: Weighed = weighed(self.plan, session, index) if anywhere.words else []
        self.asked = questions([word for word, _, _ in self.words])

    def results(self) -> Results:
        """The page asked for with the counts around it."""
        fits = fitting(self.plan, self.query)
        if fits is None:
            return _nothing(self.query, self.plan)
        narrow = conditions(self.query, self.session, self.index)
        if self.hurried:
            fits += Piece(" LIMIT %s", (_HURRIED_ROWS,))
        chosen = choice(self.query, self.plan, self.words, narrow, hurried=self.hurried)
        statement = Piece(_MATCHED) + fits + "), chosen AS MATERIALIZED (" + chosen.rows
        statement += Piece(_READ) + answers(self.asked, self.plan.title) + _FROM
        counts = (periods(self.query, narrow), tabs(narrow), facets(self.query, narrow), self._complete())
        statement += joined(", ", counts) + f", {_COLUMNS} FROM read"
        found = self.session.rows(self.index.about(statement.text), statement.values)[0]
        per_period, subjects, values, whole = found[:4]
        return Results(
            hits=self._hits(chosen, list(map(Row, *(column or () for column in found[4:])))),
            total=total(self.query, subjects or {}),
            subjects=subjects or {},
            facets=facets_of(self.query, values),
            complete=whole,
            ignored=self.plan.ignored,
            periods=periods_of(self.query, per_period),
        )

    def _complete(self) -> Piece:
        """Whether a visible row holds all the words; filters and tab, and that titles are asked, left aside."""
        if not self.words:
            return ALWAYS
        if self.hurried:
            return Piece("EXISTS (SELECT FROM matched)")
        if len(self.words) == 1 and not self.plan.required and not self.query.first and not self.query.titles_only:
            return Piece("EXISTS (SELECT FROM matched)")
        fits = complete(self.anywhere, self.query)
        return NEVER if fits is None else Piece("EXISTS (SELECT FROM {documents} WHERE ") + fits + ")"

    def _hits(self, chosen: Choice, rows: list[Row]) -> list[Hit]:
        """The hits of the page: what moderators put on top, then the rest in order."""
        formula = Formula(
            [weight for _, weight, _ in self.words], self.asked, self.index.statistics, self.plan.titles_only
        )
        pinned = set(pins(self.query))
        scored = [(formula.score(row), row) for row in rows]
        first = [item for item in scored if item[1].key in pinned]
        rest = [item for item in scored if item[1].key not in pinned]
        found = [*first, *(ordered(rest) if chosen.ranked else rest)]
        page = found[chosen.start : chosen.start + max(1, self.query.per_page)]
        return [Hit(row.key, row.subject, score, row.key in pinned) for score, row in page]
