"""Random documents, readers and questions: the index must agree with looking at every document.

The counts, tabs, facets and hits are worked out here from the documents alone, so that
nothing a reader may not find shows through by any of them.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.contract import Document, Engine, Query, Results
from tests.search.building import START, document
from tests.search.opening import OPENINGS, SCORED_ALIKE

WORDS = ("damp", "mould", "letter", "tenant", "agile")
AUDIENCES = ("public", "group:1", "group:2", "private:9")
SUBJECTS = ("guide", "discussion")
TOPICS = ("pay", "hr", "it")

BEGUN = ("t", "mould da", "letter")
ALTERNATIVES = ({}, {"agile": ("tenant",)}, {"letter": ("damp mould", "tenant"), "damp mould": ("agile",)})

texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
documents = st.builds(
    lambda number, title, body, attached, audience, subject, topics, day, uses: document(
        f"d{number}", title, body, audience=audience, subject=subject, day=day, uses=uses,
        attached=tuple(attached), facets={"topic": tuple(topics)},
    ),
    st.integers(0, 12), texts, texts, st.lists(texts, max_size=2), st.sampled_from(AUDIENCES),
    st.sampled_from(SUBJECTS), st.sets(st.sampled_from(TOPICS)).map(sorted), st.integers(0, 5), st.integers(0, 3),
)  # fmt: skip
keys = st.sampled_from([f"d{n}" for n in range(13)])
moments = st.integers(0, 5).map(lambda day: START + timedelta(days=day))
changes = st.lists(st.lists(documents, max_size=6) | keys, max_size=5)
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
    alternatives=st.sampled_from(ALTERNATIVES),
    titles_only=st.booleans(),
    since=st.none() | moments,
    until=st.none() | moments,
    periods=st.dictionaries(st.sampled_from(["week", "year"]), moments),
    first=st.lists(keys, max_size=3).map(tuple),
    without=st.frozensets(keys, max_size=3),
)


def says(words: list[str], query: Query) -> list[tuple[str, ...]]:
    """For each word typed the ways to say it, as moderators gave them."""
    ways = [{word} for word in words]
    for place, word in enumerate(words):
        if "damp mould" in query.alternatives and words[place : place + 2] == ["damp", "mould"]:
            ways[place] |= {*query.alternatives["damp mould"]}
            ways[place + 1] |= {*query.alternatives["damp mould"]}
        ways[place] |= {*query.alternatives.get(word, ())}
    return [tuple(sorted(each)) for each in ways]


def attached(item: Document) -> list[str]:
    """What is found of the texts attached: each word where it stands first."""
    seen: set[str] = set()
    found = []
    for text in item.attached:
        kept = []
        for word in text.split():
            kept.append("|" if word in seen else word)
            seen.add(word)
        found.append(f" {' '.join(kept)} ")
    return found


def fits(item: Document, query: Query, *, every: bool = False, titles_only: bool = False) -> bool:
    """Whether a document fits what was typed, read off its texts directly; `every` asks for all its words."""
    anywhere = [f" {item.title} ", f" {item.body} ", *attached(item)]
    fields = anywhere[:1] if titles_only else anywhere
    everywhere = anywhere[:1] if query.titles_only else anywhere
    typed = query.text.replace('"damp mould"', "PHRASE").split()

    def has(way: str, places: list[str]) -> bool:
        ending = "" if way.endswith("*") else " "
        return any(f" {way.removesuffix('*')}{ending}" in place for place in places)

    if any(has(word[1:], everywhere) for word in typed if word[0] == "-"):
        return False
    phrase = ("damp mould", *query.alternatives.get("damp mould", ()))
    required = [says([word[1:]], query)[0] for word in typed if word[0] == "+"]
    required += [phrase for word in typed if word == "PHRASE"]
    plain = plain_words(typed, query)
    if every:
        words = [*plain, *required, *(() if "PHRASE" not in typed else words_of_phrase(query))]
        return all(any(has(way, fields) for way in ways) for ways in words)
    if required:
        return all(any(has(way, fields) for way in ways) for ways in required)
    return any(has(way, fields) for ways in plain for way in ways) if typed else True


def words_of_phrase(query: Query) -> list[tuple[str, ...]]:
    """The phrase's words, each of which another way to say the whole stands for."""
    others = query.alternatives.get("damp mould", ())
    return [("damp", *others), ("mould", *others)]


def plain_words(typed: list[str], query: Query) -> list[tuple[str, ...]]:
    """The words without a sign, taken in runs that signs and phrases break."""
    found: list[tuple[str, ...]] = []
    run: list[str] = []
    for word in [*typed, "+"]:
        if word[0] in "+-" or word == "PHRASE" or word.endswith("*"):
            found += says(run, query)
            run = []
            if word.endswith("*"):
                found.append((word,))
        else:
            run.append(word)
    return found


def check(engine: Engine, held: dict[str, Document], query: Query) -> None:
    visible = [item for item in held.values() if item.audience in query.audiences and item.key not in query.without]
    said = [item for item in visible if item.key in query.first or fits(item, query, titles_only=query.titles_only)]
    chosen = set(query.filters.get("topic", ()))
    in_time = [item for item in said if in_bounds(item, query)]
    filtered = [item for item in in_time if not chosen or chosen & set(item.facets["topic"])]
    in_tab = [item for item in filtered if query.subject in (None, item.subject)]
    results = engine.search(query)
    assert sorted(hit.key for hit in results.hits) == sorted(item.key for item in in_tab)
    assert results.total == len(in_tab)
    assert dict(results.subjects) == dict(Counter(item.subject for item in filtered))
    counted = Counter(t for item in in_time if query.subject in (None, item.subject) for t in item.facets["topic"])
    assert dict(results.facets["topic"]) == dict(counted)
    passing = [
        i for i in said if query.subject in (None, i.subject) and (not chosen or chosen & set(i.facets["topic"]))
    ]
    assert dict(results.periods) == {
        name: sum(item.updated >= since for item in passing) for name, since in query.periods.items()
    }
    if any(word[0] != "-" for word in query.text.split()):
        assert results.complete == any(fits(item, query) and fits(item, query, every=True) for item in visible)
    check_order(held, query, results)


def in_bounds(item: Document, query: Query) -> bool:
    return not (query.since and item.updated < query.since) and not (query.until and item.updated >= query.until)


def check_order(held: dict[str, Document], query: Query, results: Results) -> None:
    found = [hit.key for hit in results.hits]
    pinned = [key for key in dict.fromkeys(query.first) if key in found]
    assert found[: len(pinned)] == pinned
    assert [hit.key for hit in results.hits if hit.pinned] == pinned
    rest = [held[key] for key in found[len(pinned) :]]
    if query.sort == "newest":
        assert rest == sorted(rest, key=lambda item: item.updated, reverse=True)
    if query.sort == "used":
        assert rest == sorted(rest, key=lambda item: item.uses, reverse=True)


@contextmanager
def opened(name: str) -> Iterator[Engine]:
    with tempfile.TemporaryDirectory() as place, OPENINGS[name](Path(place)) as engine:
        yield engine


@pytest.mark.parametrize("name", OPENINGS)
@settings(max_examples=60)
@given(changes=changes, asked=st.lists(queries, min_size=1, max_size=8))
def test_agrees_with_looking_at_everything(name: str, changes: list[list[Document] | str], asked: list[Query]) -> None:
    with opened(name) as engine:
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
            count_words(engine, held, query)
            complete(engine, held, query)
        assert set(engine.versions()) == set(held)


def count_words(engine: Engine, held: dict[str, Document], query: Query) -> None:
    visible = [
        f" {i.title} {i.body} {' '.join(i.attached)} ".split() for i in held.values() if i.audience in query.audiences
    ]
    expected = {word: sum(word in words for words in visible) for word in WORDS}
    assert dict(engine.frequencies(WORDS, query.audiences)) == expected


def complete(engine: Engine, held: dict[str, Document], query: Query) -> None:
    """Titles that go on from what was begun, the most used first, then the shorter ones."""
    for begun in BEGUN:
        *whole, last = begun.split()
        fitting = [
            (-item.uses, len(item.title), item.title, item.key)
            for item in held.values()
            if item.audience in query.audiences and {*whole} <= {*item.title.split()} and f" {last}" in f" {item.title}"
        ]
        assert engine.complete(begun, query.audiences) == [(title, key) for *_, title, key in sorted(fitting)[:8]]


@pytest.mark.parametrize("name", SCORED_ALIKE)
@settings(max_examples=40)
@given(batches=st.lists(st.lists(documents, max_size=6), max_size=4), asked=st.lists(queries, min_size=1, max_size=6))
def test_ranks_like_the_reference(name: str, batches: list[list[Document]], asked: list[Query]) -> None:
    with opened(name) as engine, opened("memory") as memory:
        for batch in batches:
            engine.put(batch)
            memory.put(batch)
        for query in asked:
            found, expected = engine.search(query), memory.search(query)
            assert found.complete == expected.complete
            assert {hit.key: hit.score for hit in found.hits} == pytest.approx(
                {hit.key: hit.score for hit in expected.hits}, rel=1e-4, abs=1e-4
            )
