"""The tables of the index, and which of several indexes is in use.

Each index has tables of its own, numbered. A rebuild makes the next number beside the
one in use and then changes one row. The tables belong to the engine, not to the
application's migrations: what is in them can always be made again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from psycopg import sql
from psycopg.types.json import Jsonb

from search.contract import EngineError
from search.engines.postgres.connections import Session
from search.ranking import Statistics

# The form of tables and vectors. An index of another form is rebuilt.
VERSION = 3

# Two processes that make the same table at once would disturb each other.
_LOCK = 0x5EA4C4

_INDEXES = """
CREATE TABLE IF NOT EXISTS search_indexes (
    generation integer PRIMARY KEY,
    form integer NOT NULL,
    filled boolean NOT NULL,
    current boolean NOT NULL,
    changes bigint NOT NULL,
    documents integer NOT NULL DEFAULT 0,
    title_words bigint NOT NULL DEFAULT 0,
    body_words bigint NOT NULL DEFAULT 0,
    languages jsonb NOT NULL DEFAULT '{}'
);
CREATE UNIQUE INDEX IF NOT EXISTS search_indexes_current ON search_indexes (current) WHERE current;
"""

# The vector of all terms is kept apart from the row, which thereby stays small: counting
# reads rows by the ten thousand, and only the best are looked at word by word.
_TABLES = """
CREATE TABLE {documents} (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text COLLATE "C" NOT NULL UNIQUE,
    version bigint NOT NULL,
    subject text COLLATE "C" NOT NULL,
    audience text COLLATE "C" NOT NULL,
    language text COLLATE "C" NOT NULL,
    updated timestamptz NOT NULL,
    uses integer NOT NULL,
    standing real NOT NULL,
    title_length integer NOT NULL,
    body_length integer NOT NULL,
    facets integer[] NOT NULL,
    title text COLLATE "C" NOT NULL,
    title_words tsvector NOT NULL,
    title_terms tsvector NOT NULL,
    terms tsvector NOT NULL
) WITH (toast_tuple_target = 128);
ALTER TABLE {documents} ALTER terms SET STORAGE EXTERNAL, ALTER title_terms SET STORAGE MAIN,
    ALTER title_words SET STORAGE MAIN, ALTER title SET STORAGE MAIN, ALTER facets SET STORAGE MAIN;
CREATE TABLE {words} (term text COLLATE "C" PRIMARY KEY, documents integer NOT NULL) WITH (fillfactor = 80);
CREATE TABLE {values} (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    UNIQUE (name, value)
);
"""

_INDICES = """
CREATE INDEX {terms_index} ON {documents} USING gin (terms) WITH (fastupdate = off);
CREATE INDEX {titles_index} ON {documents} USING gin (title_terms) WITH (fastupdate = off);
CREATE INDEX {completion_index} ON {documents} USING gin (title_words) WITH (fastupdate = off);
"""


@dataclass(frozen=True, slots=True)
class Index:
    """One index: its number, what is known of it as a whole, and the names of its tables."""

    generation: int
    form: int
    filled: bool
    changes: int
    documents: int = 0
    title_words: int = 0
    body_words: int = 0
    languages: dict[str, int] = field(default_factory=dict)

    @property
    def statistics(self) -> Statistics:
        count = max(1, self.documents)
        return Statistics(self.documents, self.title_words / count, self.body_words / count)

    @property
    def names(self) -> dict[str, sql.Identifier]:
        """The names that statements about this index are written with."""
        kinds = ("documents", "words", "values", "terms_index", "titles_index", "completion_index")
        return {kind: sql.Identifier(f"search_{self.generation}_{kind}") for kind in kinds}

    def about(self, statement: str) -> sql.Composed:
        """A statement with the names of this index's tables filled in."""
        return sql.SQL(statement).format(**self.names)


_COLUMNS = "generation, form, filled, changes, documents, title_words, body_words, languages"


def current(session: Session, *, to_write: bool = False) -> Index | None:
    """The index in use. Who is `to_write` waits for other writers, and keeps them and any switch out."""
    row = session.row(f"SELECT {_COLUMNS} FROM search_indexes WHERE current {'FOR UPDATE' if to_write else ''}")
    return Index(*row) if row else None


def ready(session: Session) -> None:
    """Makes the table of indexes if it is not there."""
    alone(session)
    session.connection.execute(_INDEXES.encode())


def remake(session: Session) -> None:
    """Makes the table of indexes anew, empty."""
    alone(session)
    session.run("DROP TABLE IF EXISTS search_indexes")
    ready(session)


def generations(session: Session) -> list[int]:
    """The numbers of all indexes that have tables, known to the table of indexes or not."""
    rows = session.rows(
        "SELECT DISTINCT substring(relname FROM '^search_([0-9]{1,9})_(?:documents|words|values)$')::integer "
        "FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace "
        "AND relname ~ '^search_[0-9]{1,9}_(documents|words|values)$'"
    )
    return [number for (number,) in rows]


def alone(session: Session) -> None:
    """Keeps other processes from making or switching indexes until the transaction ends."""
    session.run("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))


def current_to_write(session: Session) -> Index:
    """The index in use, kept from other writers; made should there be none."""
    # Who waited for a switch finds the row changed, and looks again for the one that is in use now.
    found = current(session, to_write=True) or current(session, to_write=True)
    if found is None:
        alone(session)
        found = current(session, to_write=True)
    if found is None:
        found = create(session, filled=False, indexed=True)
        use(session, found)
    if found.form != VERSION:
        raise EngineError("the search index has another form and must be rebuilt before it is written")
    return found


def create(session: Session, *, filled: bool, indexed: bool) -> Index:
    """Makes the tables of a new index, not in use yet; without their inverted indexes unless `indexed`."""
    row = session.row("SELECT coalesce(max(generation), 0), coalesce(max(changes), 0) + 1 FROM search_indexes")
    if row is None:
        raise EngineError("the table of search indexes gives no number")
    new = Index(max([row[0], *generations(session)]) + 1, VERSION, filled, row[1])
    session.connection.execute(new.about(_TABLES))
    if indexed:
        add_indices(session, new)
    session.run(
        "INSERT INTO search_indexes (generation, form, filled, current, changes) VALUES (%s, %s, %s, false, %s)",
        (new.generation, new.form, new.filled, new.changes),
    )
    return new


def add_indices(session: Session, index: Index) -> None:
    """Makes what finds by words."""
    session.connection.execute(index.about(_INDICES))


def use(session: Session, index: Index) -> None:
    """Makes this the index in use when the transaction ends."""
    alone(session)
    before = current(session, to_write=True) or current(session, to_write=True)
    session.run("UPDATE search_indexes SET current = false WHERE current")
    session.run(
        "UPDATE search_indexes SET current = true, changes = greatest(changes, %s) WHERE generation = %s",
        (before.changes + 1 if before else 0, index.generation),
    )


def save(session: Session, index: Index) -> None:
    """Keeps what is known of an index as a whole; counts one change more."""
    session.run(
        "UPDATE search_indexes SET changes = changes + 1, documents = %s, title_words = %s, body_words = %s, "
        "languages = %s WHERE generation = %s",
        (index.documents, index.title_words, index.body_words, Jsonb(index.languages), index.generation),
    )


def drop(session: Session, generation: int) -> None:
    """Deletes an index."""
    old = Index(generation, VERSION, False, 0)
    session.connection.execute(old.about("DROP TABLE IF EXISTS {documents}, {words}, {values}"))
    session.run("DELETE FROM search_indexes WHERE generation = %s", (generation,))


def whole(session: Session, index: Index) -> bool:
    """Whether the tables of an index are there, and find their oldest and newest document by its title."""
    row = session.row(
        "SELECT count(*) FROM unnest(%s::text[]) name WHERE to_regclass(name) IS NOT NULL",
        ([name.as_string(None) for name in index.names.values()],),
    )
    if row is None or row[0] != len(index.names):
        return False
    ends = session.rows(
        index.about(
            "(SELECT id, title_terms::text FROM {documents} ORDER BY id LIMIT 1) UNION ALL "
            "(SELECT id, title_terms::text FROM {documents} ORDER BY id DESC LIMIT 1)"
        )
    )
    if index.documents and not ends:
        return False
    return all(_finds(session, index, number, vector) for number, vector in ends if vector)


def _finds(session: Session, index: Index, number: int, vector: str) -> bool:
    one = "(SELECT quote_literal(lexeme)::tsquery FROM unnest(%s::tsvector) LIMIT 1)"
    for column in ("title_terms", "terms"):
        about = sql.SQL("SELECT 1 FROM {} WHERE id + 0 = %s AND {} @@ " + one).format(
            index.names["documents"], sql.Identifier(column)
        )
        if session.row(about, (number, vector)) is None:
            return False
    return True
