"""Random documents, readers and questions: the index must agree with looking at every document.

The counts, tabs, facets and hits are worked out here from the documents alone, so that
nothing a reader may not find shows through by any of them.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.contract import Document, Engine, Query
from search.engines import open_engine
from tests.search.building import document

WORDS = ("damp", "mould", "letter", "tenant", "agile")
AUDIENCES = ("public", "group:1", "group:2", "private:9")
SUBJECTS = ("guide", "discussion")
TOPICS = ("pay", "hr", "it")

texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
documents = st.builds(
    lambda number, title, body, audience, subject, topics, day, uses: document(
        f"d{number}", title, body, audience=audience, subject=subject, day=day, uses=uses,
        facets={"topic": tuple(topics)},
    ),
    st.integers(0, 12), texts, texts, st.sampled_from(AUDIENCES), st.sampled_from(SUBJECTS),
    st.sets(st.sampled_from(TOPICS)).map(sorted), st.integers(0, 5), st.integers(0, 3),
)  # fmt: skip
changes = st.lists(st.lists(documents, max_size=6) | st.sampled_from([f"d{n}" for n in range(13)]), max_size=5)
queries = st.builds(
    Query,
    text=st.builds(
        lambda words, last: " ".join([*words, *last]),
        st.lists(st.sampled_from([*WORDS, "+damp", "-mould", '"damp mould"']), max_size=3),
        st.lists(st.just("tenan*"), max_size=1),
    ),
    audiences=st.frozensets(st.sampled_from(AUDIENCES)),
    filters=st.dictionaries(st.just("topic"), st.sets(st.sampled_from(TOPICS)).map(lambda v: tuple(sorted(v)))),
    subject=st.none() | st.sampled_from(SUBJECTS),
    sort=st.sampled_from(["relevance", "newest", "used"]),
    page=st.just(1),
    per_page=st.just(50),
    facets=st.just(("topic",)),
)


def fits(item: Document, text: str) -> bool:
    """Whether a document fits what was typed, read off its texts directly."""
    fields = [f" {item.title} ", f" {item.body} "]
    typed = text.replace('"damp mould"', "PHRASE").split()
    held = " ".join(fields)

    def has(word: str) -> bool:
        if word == "PHRASE":
            return any(" damp mould " in field for field in fields)
        return f" {word.removesuffix('*')}" in held if word.endswith("*") else f" {word} " in held

    if any(has(word[1:]) for word in typed if word[0] == "-"):
        return False
    required = [word for word in typed if word[0] == "+" or word == "PHRASE"]
    if required:
        return all(has(word.lstrip("+")) for word in required)
    return any(has(word) for word in typed if word[0] != "-") if typed else True


def check(engine: Engine, held: dict[str, Document], query: Query) -> None:
    visible = [item for item in held.values() if item.audience in query.audiences]
    said = [item for item in visible if fits(item, query.text)]
    chosen = set(query.filters.get("topic", ()))
    filtered = [item for item in said if not chosen or chosen & set(item.facets["topic"])]
    in_tab = [item for item in filtered if query.subject in (None, item.subject)]
    results = engine.search(query)
    assert sorted(hit.key for hit in results.hits) == sorted(item.key for item in in_tab)
    assert results.total == len(in_tab)
    assert dict(results.subjects) == dict(Counter(item.subject for item in filtered))
    counted = Counter(t for item in said if query.subject in (None, item.subject) for t in item.facets["topic"])
    assert dict(results.facets["topic"]) == dict(counted)
    if query.sort == "newest":
        times = [held[hit.key].updated for hit in results.hits]
        assert times == sorted(times, reverse=True)
    if query.sort == "used":
        uses = [held[hit.key].uses for hit in results.hits]
        assert uses == sorted(uses, reverse=True)


@pytest.mark.parametrize("name", ["whoosh", "memory"])
@settings(max_examples=40, deadline=None)
@given(changes=changes, asked=st.lists(queries, min_size=1, max_size=8))
def test_agrees_with_looking_at_everything(name: str, changes: list[list[Document] | str], asked: list[Query]) -> None:
    with tempfile.TemporaryDirectory() as place:
        engine = open_engine(name, Path(place) / "index")
        held: dict[str, Document] = {}
        for change in changes:
            if isinstance(change, str):
                engine.remove([change])
                held.pop(change, None)
            else:
                engine.put(change)
                held.update({item.key: item for item in change})
        for query in asked:
            check(engine, held, query)
        assert set(engine.versions()) == set(held)
        engine.close()


@settings(max_examples=25, deadline=None)
@given(batches=st.lists(st.lists(documents, max_size=6), max_size=4), asked=st.lists(queries, min_size=1, max_size=6))
def test_engines_rank_alike(batches: list[list[Document]], asked: list[Query]) -> None:
    with tempfile.TemporaryDirectory() as place:
        engines = [open_engine(name, Path(place) / name) for name in ("whoosh", "memory")]
        for engine in engines:
            for batch in batches:
                engine.put(batch)
        for query in asked:
            whoosh, memory = (engine.search(query) for engine in engines)
            assert whoosh.complete == memory.complete
            assert {h.key: h.score for h in whoosh.hits} == pytest.approx(
                {h.key: h.score for h in memory.hits}, rel=1e-4, abs=1e-4
            )
        for engine in engines:
            engine.close()
