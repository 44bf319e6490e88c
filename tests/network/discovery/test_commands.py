"""`flask search …` as a deployer types it."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest
from flask import Flask

from tests.support.postgres import shared_postgres


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A judged collection of two documents."""
    folder = tmp_path / "collection"
    folder.mkdir()
    with gzip.open(folder / "docs.jsonl.gz", "wt", encoding="utf-8") as file:
        for key, title in {"a": "Parental leave", "b": "Sick pay"}.items():
            file.write(json.dumps({"id": key, "title": title, "text": f"All about {title}."}) + "\n")
    (folder / "queries.tsv").write_text("1\tparental leave\n", encoding="utf-8")
    (folder / "qrels.tsv").write_text("1\ta\t1\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("engine", ["whoosh", "memory", "postgresql"])
def test_evaluate_measures_each_engine(app: Flask, collection: Path, engine: str) -> None:
    database = ["--database-url", shared_postgres()] if engine == "postgresql" else []
    result = app.test_cli_runner().invoke(args=["search", "evaluate", str(collection), "--engine", engine, *database])
    assert result.exit_code == 0, result.output
    assert "nDCG@10     1.000" in result.output


def test_evaluate_compares_collections_and_engines_in_one_table(app: Flask, collection: Path, tmp_path: Path) -> None:
    shutil.copytree(collection, tmp_path / "another one")
    folders = [str(collection), str(tmp_path / "another one")]
    asked = ["search", "evaluate", *folders, "--engine", "fts5", "--engine", "memory"]
    result = app.test_cli_runner().invoke(args=asked)
    assert result.exit_code == 0, result.output
    headings, *rows = [re.split(r"  +", line) for line in result.stdout.splitlines()]
    assert headings == [
        "collection", "engine", "nDCG@10", "recall@100", "median ms", "p95 ms", "documents", "queries", "indexing s",
    ]  # fmt: skip
    assert [row[:4] + row[6:8] for row in rows] == [
        [name, engine, "1.000", "1.000", "2", "1"]
        for name in ("collection", "another one")
        for engine in ("fts5", "memory")
    ]
    assert all(float(row[4]) <= float(row[5]) and float(row[8]) >= 0 for row in rows)


def test_evaluate_takes_the_engine_in_use(app: Flask, collection: Path) -> None:
    result = app.test_cli_runner().invoke(args=["search", "evaluate", str(collection), str(collection)])
    assert [line.split()[1] for line in result.stdout.splitlines()[1:]] == [app.config["SEARCH_ENGINE"]] * 2


def test_evaluate_names_a_collection_that_cannot_be_read(app: Flask, collection: Path) -> None:
    (collection / "qrels.tsv").write_text("1\ta\n", encoding="utf-8")
    result = app.test_cli_runner().invoke(args=["search", "evaluate", str(collection), "--engine", "memory"])
    assert result.exit_code == 1
    assert f"{collection}: qrels.tsv, line 1" in result.output


def test_evaluate_without_postgresql_says_what_to_do(app: Flask, collection: Path) -> None:
    app.config["DATABASE_URL"] = "sqlite:///x"
    result = app.test_cli_runner().invoke(args=["search", "evaluate", str(collection), "--engine", "postgresql"])
    assert result.exit_code == 1
    assert "Give --database-url or set DATABASE_URL." in result.output


def test_status_names_the_engine(app: Flask) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["search", "rebuild"]).exit_code == 0
    assert runner.invoke(args=["search", "status"]).output.startswith(f"{app.config['SEARCH_ENGINE']}: whole; ")
