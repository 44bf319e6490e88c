"""Measures how well an engine finds what judges said should be found.

A collection is a folder with `docs.jsonl.gz` (id, title, text), `queries.tsv` (query id,
text) and `qrels.tsv` (query id, document id, grade; 0 is not relevant). It is indexed in
a temporary index with the product's own analysis and ranking.
"""

from __future__ import annotations

import gzip
import json
import math
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from search.contract import Document, Engine, Query
from search.engines import temporary_engine

# What is under way ("indexing" or "searching"), how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]

_AUDIENCE = "public"
_TIME = datetime(2020, 1, 1, tzinfo=UTC)
_BATCH = 200
_CONSIDERED = 100


@dataclass(frozen=True, slots=True)
class Report:
    """The result: ranking quality between 0 and 1, and times."""

    documents: int
    queries: int
    ndcg_at_10: float
    recall_at_100: float
    median_ms: float
    p95_ms: float
    indexing_seconds: float


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, queries by id, and the grade of each judged document by query id."""

    documents: list[Document]
    queries: dict[str, str]
    grades: dict[str, dict[str, float]]


def load(folder: Path) -> Collection:
    """Reads a collection; queries without any relevant document are left out.

    Raises OSError where a file is missing and ValueError where one is malformed.
    """
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = [_document(json.loads(line)) for line in lines if line.strip()]
    grades: dict[str, dict[str, float]] = {}
    for query, document, grade in _rows(folder / "qrels.tsv", 3):
        if float(grade) > 0:
            grades.setdefault(query, {})[document] = float(grade)
    queries = {query: text for query, text in _rows(folder / "queries.tsv", 2) if query in grades}
    return Collection(documents, queries, grades)


def _document(row: Mapping[str, str]) -> Document:
    try:
        key, title, text = str(row["id"]), str(row["title"]), str(row["text"])
    except (KeyError, TypeError) as error:
        raise ValueError("every line of docs.jsonl.gz needs id, title and text") from error
    return Document(
        key=key, version=1, subject="guide", title=title, body=text, audience=_AUDIENCE,
        created=_TIME, updated=_TIME,
    )  # fmt: skip


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            row = line.rstrip("\r\n").split("\t", columns - 1)
            if len(row) != columns:
                raise ValueError(f"{path.name}, line {number}: expected {columns} columns separated by tabs")
            yield row


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def evaluate(
    folder: Path | str, engine: str = "whoosh", progress: Progress | None = None, database_url: str = ""
) -> Report:
    """Indexes the collection, asks all its queries and reports. Errors are those of `load`.

    The engine `postgresql` makes its index in a schema of the database, which is deleted afterwards.
    """
    collection = load(Path(folder))
    tell = progress or _silent
    with temporary_engine(engine, database_url) as opened:
        started = time.perf_counter()
        _fill(opened, collection.documents, tell)
        indexed = time.perf_counter() - started
        return _measure(opened, collection, indexed, tell)


def _fill(engine: Engine, documents: Sequence[Document], tell: Progress) -> None:
    with engine.rebuild() as new:
        for start in range(0, len(documents), _BATCH):
            new.put(documents[start : start + _BATCH])
            tell("indexing", min(start + _BATCH, len(documents)), len(documents))


def _measure(engine: Engine, collection: Collection, indexed: float, tell: Progress) -> Report:
    gains, recalls, times = [], [], []
    for number, (query, text) in enumerate(collection.queries.items(), start=1):
        started = time.perf_counter()
        results = engine.search(Query(text, frozenset({_AUDIENCE}), per_page=_CONSIDERED))
        times.append((time.perf_counter() - started) * 1000)
        keys = [hit.key for hit in results.hits]
        gains.append(ndcg(keys, collection.grades[query], 10))
        recalls.append(recall(keys, collection.grades[query], _CONSIDERED))
        tell("searching", number, len(collection.queries))
    return Report(
        documents=len(collection.documents),
        queries=len(gains),
        ndcg_at_10=statistics.fmean(gains) if gains else 0.0,
        recall_at_100=statistics.fmean(recalls) if recalls else 0.0,
        median_ms=statistics.median(times) if times else 0.0,
        p95_ms=sorted(times)[math.ceil(len(times) * 0.95) - 1] if times else 0.0,
        indexing_seconds=indexed,
    )


def ndcg(keys: Sequence[str], grades: Mapping[str, float], depth: int) -> float:
    """Discounted gain of the first `depth` keys against the best order possible; 1 is perfect."""
    gain = sum(grades.get(key, 0.0) / math.log2(place + 2) for place, key in enumerate(keys[:depth]))
    ideal = sorted(grades.values(), reverse=True)[:depth]
    return gain / sum(grade / math.log2(place + 2) for place, grade in enumerate(ideal))


def recall(keys: Sequence[str], grades: Mapping[str, float], depth: int) -> float:
    """The share of the relevant documents that is among the first `depth` keys."""
    return len(set(keys[:depth]) & set(grades)) / len(grades)
