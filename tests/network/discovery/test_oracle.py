"""Random people, groups and pieces: every way of finding shows a viewer what they may find, and nothing else.

What should come is worked out in `world.py` by looking at every piece, without the code that is tested.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import ANY

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from network.core.db import db
from network.discovery.finding import find, held_by
from network.discovery.hits.reasons import reasons
from network.discovery.saved import alerts, feeds
from network.discovery.saved.news import news
from network.discovery.saved.queries import my_search
from network.discovery.similar import similar
from network.discovery.spelling import words as dictionary
from network.discovery.spelling.correcting import correct, near, suggest
from network.discovery.suggesting.suggestions import MOST, suggestions
from network.discovery.wanted.queries import OPEN, WRITTEN, board, count_board
from network.groups.viewers import viewer_of
from network.library.models import Guide
from network.library.related import making
from network.subjects.viewer import Viewer
from tests.network.discovery.world import (
    AT_ONCE,
    OUTSIDER,
    OWN,
    PEOPLE,
    TOPICS,
    WANTED,
    WEEKLY,
    WORDS,
    Piece,
    Plan,
    World,
    plans,
)
from tests.support.copies import Made, copied
from tests.support.postgres import ON_POSTGRES

FACETS = ("kind", "topic", "group", "author")
ALL = 50

Asked = tuple[str, str | None, dict[str, tuple[str, ...]]]
questions = st.tuples(
    st.lists(st.sampled_from(WORDS), max_size=3, unique=True).map(" ".join),
    st.sampled_from([None, None, "guide", "discussion", "question", "group", "person"]),
    st.dictionaries(st.just("topic"), st.sets(st.sampled_from(TOPICS), min_size=1).map(lambda v: tuple(sorted(v)))),
)


def check_found(world: World, person: int | None, viewer: Viewer, asked: Asked) -> None:
    """Hits, total, tabs, facets, and whether the search failed."""
    text, tab, filters = asked
    readable, words = world.readable(person), set(text.split())
    said = [row for row in readable if not words or words & row.words]
    passing = [row for row in said if all(row.facets.get(name) in values for name, values in filters.items())]
    in_tab = [row for row in passing if tab in (None, row.tab)]
    answer = find(viewer, text, subject=tab, filters=filters, facets=FACETS, per_page=ALL)
    assert sorted(hit.key for hit in answer.found) == sorted(row.key for row in in_tab)
    assert answer.total == len(in_tab)
    assert dict(answer.tabs) == Counter(row.tab for row in passing)
    for name in FACETS:
        counted = said if name in filters else passing
        values = Counter(row.facets[name] for row in counted if tab in (None, row.tab) and name in row.facets)
        assert dict(answer.facets[name]) == values, name
    assert answer.failed == bool(words and not any(words <= row.words for row in readable))
    assert dict(held_by(viewer, WORDS)) == {word: sum(word in row.words for row in readable) for word in WORDS}


def check_why(world: World, person: int | None, viewer: Viewer, asked: Asked) -> None:
    """“Why here”: of what is found where its words stand, of all else nothing."""
    text, tab, filters = asked
    found = find(viewer, text, subject=tab, filters=filters, per_page=ALL).found
    readable = {row.key for row in world.readable(person)}
    for row in world.rows:
        told = {reason.kind: set(reason.words) for reason in reasons(row.key, found, text) if reason.words}
        if row.key not in readable:
            assert not told, row.title
        elif told:
            words = set(text.split())
            expected = {"title": words & row.in_title, "text": words & row.in_text - row.in_title}
            expected["nowhere"] = words - row.words
            assert told == {kind: said for kind, said in expected.items() if said}, row.title


def check_suggestions(world: World, person: int | None, viewer: Viewer, _: Asked) -> None:
    """While typing: titles."""
    for begun in [word[:3] for word in WORDS] + [word[:5] for word in OWN]:
        titles = Counter(
            row.title for row in world.readable(person) if begun in {w[: len(begun)] for w in row.in_title}
        )
        shown = Counter(suggestion.text for suggestion in suggestions(viewer, begun))
        assert shown <= titles
        assert shown.total() == min(titles.total(), MOST)


def check_corrections(world: World, _: int | None, viewer: Viewer, asked: Asked) -> None:
    """Words that stand in what everybody may read are offered, others to nobody, whatever they may read."""
    public = {word for row in world.readable(None) for word in row.words}
    for word in OWN:
        slip = word[:4] + word[5:]
        found = correct(viewer, slip)
        assert (found.words if found else "") == (word if word in public else "")
        assert near(viewer, slip) == ([word] if word in public else [])
        assert suggest(viewer, slip, failed=True) is None or word in public


def check_similar(world: World, person: int | None, viewer: Viewer, asked: Asked) -> None:
    """While a question is asked or a guide begun: what has its words."""
    words = set(asked[0].split())
    rows = [row for row in world.readable(person) if row.tab not in ("group", "person") and words & row.words]
    if words:
        shown = similar(asked[0], ("guide", "discussion"), viewer, ALL)
        assert sorted(card.title for card in shown) == sorted(row.title for row in rows)


def check_pages(world: World, person: int | None) -> None:
    """The page of results, and what stands beside a guide: no word of a piece that the viewer may not find."""
    client = world.cast.client(None if person is None else world.people[person])
    read = [piece for piece in world.plan.pieces if world.reads(person, piece)]
    guides = [world.addresses[world.written[piece.number]] for piece in read if piece.kind == "guide"]
    for address in ("/search?q=notes", *guides[:1]):
        page = client.get(address).get_data(as_text=True).lower()
        assert {word for word in OWN if word in page} <= {piece.own for piece in read}, address


def check_related(world: World, _: int | None, __: Viewer, ___: Asked) -> None:
    """What is kept in the row of a guide that everybody may read, everybody may read."""
    public = {row.key for row in world.readable(None)}
    for piece in world.plan.pieces:
        if piece.kind == "guide" and world.key(piece) in public:
            kept = db.session.get_one(Guide, world.written[piece.number]).related or []
            assert {f"{name}:{row_id}" for name, row_id, *_ in kept} <= public


def check_wanted(world: World, person: int | None, viewer: Viewer, _: Asked) -> None:
    """What was written for an entry shows to those who may read it; that somebody writes it shows to all."""
    guides = {
        words: [world.plan.pieces[n] for n in made] for words, made in zip(WANTED, world.plan.wanted, strict=True)
    }
    titles = {words: {p.title for p in made if world.reads(person, p)} for words, made in guides.items()}
    for state in (WRITTEN, OPEN):
        shown = board(viewer, state=state, limit=ALL)
        assert {entry.words: {guide.title for guide in entry.guides} for entry in shown} == {
            words: found for words, found in titles.items() if bool(found) == (state == WRITTEN)
        }
        assert count_board(viewer, state) == len(shown)
        for entry in shown:
            assert entry.being_written == any(piece.state == "draft" for piece in guides[entry.words])


def check_news(world: World, person: int | None, viewer: Viewer, _: Asked) -> None:
    """What a saved search finds new, and its feed, which holds what everybody may read."""
    if person is None:
        return
    saved = my_search(viewer, world.saved[person])
    assert saved is not None
    new = [row.key for row in world.readable(person) if WEEKLY in row.words and row.tab not in ("group", "person")]
    assert sorted(news(saved, viewer)) == sorted(new)
    public = [row.title for row in world.readable(None) if WEEKLY in row.words]
    assert sorted(item.title for item in feeds.items(saved)) == sorted(public)


CHECKS = (
    check_found, check_why, check_suggestions, check_corrections, check_similar, check_related, check_wanted, check_news
)  # fmt: skip


def check_all(world: World, asked: list[Asked]) -> None:
    """Everybody looks everywhere."""
    for person in (None, *world):
        viewer = world.cast.viewer(None if person is None else world.people[person])
        with world.app.app_context():
            for check in CHECKS:
                for question in asked if check in (check_found, check_why, check_similar) else asked[:1]:
                    check(world, person, viewer, question)
        check_pages(world, person)
    check_mails(world)


def check_mails(world: World) -> None:
    """Everybody is told once of what they may read and asked for, and of nothing else.

    What a saved search tells of, the board does not tell of again, nor the other way round.
    """
    told: dict[str, Counter[str]] = {}
    for path in sorted((Path(world.app.config["DATA_DIR"]) / "mail").glob("*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=default)
        body = mail.get_body(("plain",))
        kind = "written" if str(mail["Subject"]).startswith("Somebody has written") else "new"
        words = [word for word in OWN if word.capitalize() in str(mail["Subject"]) + str(body)]
        told.setdefault(f"{kind} {mail['To']}", Counter()).update(words)
    for person in world:
        to = PEOPLE[person].lower().replace(" ", ".") + "@harrowdale.example"
        read = [piece for piece in world.plan.pieces if world.reads(person, piece)]
        begun = Counter(number for made in world.plan.wanted for number in made)
        new, written = told.pop(f"new {to}", Counter()), told.pop(f"written {to}", Counter())
        assert {*new, *written} <= {piece.own for piece in read}
        for piece in read:
            found = int(AT_ONCE in piece.in_title | piece.in_text)
            wished = begun[piece.number] if piece.author != person else 0
            once = [(1, 0), (0, wished)] if found and wished else [(found, wished)]
            assert (new[piece.own], written[piece.own]) in once
    assert not told


@contextmanager
def made(like: Made, request: pytest.FixtureRequest, plan: Plan) -> Iterator[World]:
    """The network of this plan, which ends with the block."""
    server = str(request.getfixturevalue("postgres")) if ON_POSTGRES else ""
    with TemporaryDirectory() as folder, copied(like, Path(folder) / "data", server) as app:
        yield World(app, plan)


# A network costs half a second of processor time, on PostgreSQL twice that.
# A failure is shown as it was found: to make it smaller would take minutes.
@settings(max_examples=5 if ON_POSTGRES else 8, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(plan=plans(), asked=st.lists(questions, min_size=1, max_size=3))
def test_everybody_finds_what_they_may_read_and_nothing_else(
    seeded: Made, request: pytest.FixtureRequest, plan: Plan, asked: list[Asked]
) -> None:
    with made(seeded, request, plan) as world:
        check_all(world, asked)


NO_WORDS: frozenset[str] = frozenset()
HIDDEN = Piece(0, "guide", "published", 0, 1, "pay", frozenset({AT_ONCE}), frozenset({WEEKLY}))
SHOWN = Piece(1, "guide", "published", None, 1, "pay", frozenset({AT_ONCE}), NO_WORDS)
LEAKY = Plan(
    closed=(True, False, False),
    about=(NO_WORDS,) * 3,
    jobs=(NO_WORDS,) * len(PEOPLE),
    roles={(1, 0): "member"},
    left=False,
    pieces=(HIDDEN, SHOWN),
    wanted=(frozenset({0}), frozenset()),
)


def test_each_check_sees_a_breach(
    seeded: Made, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An outsider who is taken for a member, words of closed groups in the dictionary, and mails to everybody."""

    def taken_for_a_member(*given: Any) -> Viewer:
        return replace(viewer_of(given[0]), group_ids=frozenset(range(9)))

    monkeypatch.setattr(alerts, "viewer_of", taken_for_a_member)
    monkeypatch.setattr(making, "readers_of", lambda *_: taken_for_a_member(1))
    monkeypatch.setattr(dictionary, "PUBLIC", ANY)
    with made(seeded, request, LEAKY) as world:
        asked: Asked = (f"{AT_ONCE} {WEEKLY}", None, {})
        with world.app.app_context():
            viewer = taken_for_a_member(world.people[OUTSIDER])
            for check in CHECKS:
                with pytest.raises(AssertionError):
                    check(world, OUTSIDER, viewer, asked)
        member = world.cast.client(world.people[1])
        monkeypatch.setattr(world.cast, "client", lambda _: member)
        with pytest.raises(AssertionError):
            check_pages(world, OUTSIDER)
        with pytest.raises(AssertionError):
            check_mails(world)
