"""The measuring itself: read, counted and reported rightly."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import psycopg
import pytest

from search.engines import ENGINES
from search.evaluate import evaluate, load, ndcg, recall
from tests.support.postgres import shared_postgres


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    documents = {"a": "Parental leave", "b": "Sick pay", "c": "Pay dates", "d": "Car parking"}
    with gzip.open(tmp_path / "docs.jsonl.gz", "wt", encoding="utf-8") as file:
        for key, title in documents.items():
            file.write(json.dumps({"id": key, "title": title, "text": f"All about {title}."}) + "\n")
    (tmp_path / "queries.tsv").write_text("1\tparental leave\n2\tpay\n3\tnobody judged this\n", encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("1\ta\t1\n1\tb\t0\n2\tb\t1\n2\td\t1\n3\ta\t0\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("engine", ENGINES)
def test_reports(collection: Path, engine: str) -> None:
    stages: list[tuple[str, int, int]] = []
    url = shared_postgres() if engine == "postgresql" else ""
    report = evaluate(collection, engine, lambda stage, done, total: stages.append((stage, done, total)), url)
    assert (report.documents, report.queries) == (4, 2)
    assert report.recall_at_100 == pytest.approx((1 + 1 / 2) / 2)
    assert 0.5 < report.ndcg_at_10 < 1
    assert 0 < report.median_ms <= report.p95_ms < 1000
    assert stages[-1] == ("searching", 2, 2)
    assert ("indexing", 4, 4) in stages


def test_queries_without_a_relevant_document_do_not_count(collection: Path) -> None:
    assert set(load(collection).queries) == {"1", "2"}


def test_gain_by_hand() -> None:
    assert ndcg(["a", "x"], {"a": 1}, 10) == 1
    assert ndcg(["x", "a"], {"a": 1}, 10) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg(["x"] * 10 + ["a"], {"a": 1}, 10) == 0
    assert ndcg(["b", "a"], {"a": 2, "b": 1}, 10) == pytest.approx((1 + 2 * 0.6309) / (2 + 0.6309), abs=1e-4)
    assert recall(["a", "x", "b"], {"a": 1, "b": 1}, 2) == 0.5


@pytest.mark.parametrize(
    ("name", "text"), [("qrels.tsv", "1\ta\n"), ("qrels.tsv", "1\ta\tmuch\n"), ("queries.tsv", "1 no tab\n")]
)
def test_malformed_rows_are_refused(collection: Path, name: str, text: str) -> None:
    (collection / name).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError):
        load(collection)


def test_unknown_engines_are_refused(collection: Path) -> None:
    with pytest.raises(ValueError, match="whoosh"):
        evaluate(collection, "nothing")


def test_postgresql_needs_a_database_and_leaves_nothing_in_it(collection: Path) -> None:
    with pytest.raises(ValueError, match="address of a PostgreSQL database"):
        evaluate(collection, "postgresql")
    evaluate(collection, "postgresql", database_url=shared_postgres())
    with psycopg.connect(shared_postgres()) as connection:
        left = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE %s"
        assert connection.execute(left, (f"search_{os.getpid()}_%",)).fetchall() == [(0,)]


def test_missing_collections_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        evaluate(tmp_path / "nowhere")
