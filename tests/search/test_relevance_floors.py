"""Ranking must not get worse on collections that people have judged.

They are not part of the project. They are looked for beside its root, or where COMMON_PRACTICE_RELEVANCE says; without
them these tests are skipped. Engines score alike (`test_oracle.py` and the smaller collections hold them to it), so the
largest collection, which takes as long as all others together, is asked of the one that a network has by itself; of all
of them where that variable is set.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from search.evaluate import evaluate
from tests.search.opening import SCORED_ALIKE
from tests.support.postgres import shared_postgres

NAMED = os.environ.get("COMMON_PRACTICE_RELEVANCE", "")
FOLDER = Path(__file__).resolve().parents[2] / (NAMED or "../shared/relevance")

FLOORS = {
    "anchors-govuk-service-manual": (0.79, 0.97),
    "anchors-18f-handbook": (0.76, 0.97),
    "cranfield": (0.40, 0.74),
    "scifact": (0.68, 0.90),
}
LARGEST, USUAL = "scifact", "whoosh"
ASKED = [(e, name) for name in FLOORS for e in SCORED_ALIKE if NAMED or name != LARGEST or e == USUAL]


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "name"), ASKED)
def test_stays_above_its_floor(engine: str, name: str) -> None:
    if not (FOLDER / name).is_dir():
        pytest.skip(f"the collection {name} is not on this machine")
    url = shared_postgres() if engine == "postgresql" else ""
    report = evaluate(FOLDER / name, engine, database_url=url)
    ndcg, recall = FLOORS[name]
    assert report.ndcg_at_10 >= ndcg
    assert report.recall_at_100 >= recall
