"""Random networks: what is in them, who may find it, and the network made of that.

Who may find what is worked out here in plain loops over the plan, and not by the code that is tested.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import Flask
from hypothesis import strategies as st
from sqlalchemy import select

from network.accounts.models import Account
from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery.saved import actions as saving
from network.discovery.saved.criteria import Criteria
from network.discovery.saved.news import known_at_first
from network.discovery.spelling.words import build
from network.discovery.wanted import actions as wanting
from network.discovery.wanted.models import WantedGuide
from network.discussions.actions import start_discussion
from network.groups.models import Group, Membership
from network.library.actions.ending import withdraw
from network.library.models import Guide
from network.library.related.making import make
from network.people.models import Person
from network.threads.writing import render_post
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast

WORDS = ("damp", "mould", "tenant", "letter")
# One for each piece of writing, so that whoever sees it sees that piece; far from each other and no English.
OWN = ("zebrafinch", "quokkanut", "lanternfish", "wombatling", "narwhalid", "pangolite", "ibexology", "capybarum")
PEOPLE = ("Amara Obi", "Bryn Vaughan", "Chidi Eze", "Dilys Price", "Edith Roe")
OUTSIDER, ADMINISTRATOR, LEAVER = 2, 3, 4
GROUPS = ("first-circle", "second-circle", "third-circle")
TOPICS = ("pay", "roads")
WANTED = ("Parking permits", "Bin days")
BELONGING = ("member", "facilitator")
# What each person has saved: the first tells at once, the second is asked for its news.
AT_ONCE, WEEKLY = WORDS[0], WORDS[1]


@dataclass(frozen=True)
class Piece:
    """A guide or a discussion that somebody wrote, in a group or (a guide only) in none."""

    number: int
    kind: str
    state: str
    group: int | None
    author: int
    topic: str
    in_title: frozenset[str]
    in_text: frozenset[str]

    @property
    def own(self) -> str:
        """The word that stands in nothing else."""
        return OWN[self.number]

    @property
    def title(self) -> str:
        """The own word first."""
        return " ".join([self.own.capitalize(), *sorted(self.in_title)])

    @property
    def subject(self) -> str:
        """Its name in the registry."""
        return "guide" if self.kind == "guide" else "discussion"


@dataclass(frozen=True)
class Plan:
    """A network to make. `roles` says who stands how to which group, `wanted` which guides were begun for an entry."""

    closed: tuple[bool, ...]
    about: tuple[frozenset[str], ...]
    jobs: tuple[frozenset[str], ...]
    roles: dict[tuple[int, int], str]
    left: bool
    pieces: tuple[Piece, ...]
    wanted: tuple[frozenset[int], ...]

    def belongs(self, person: int | None, group: int) -> bool:
        """Is the person a member or facilitator of the group?"""
        return person is not None and self.roles.get((person, group)) in BELONGING

    def stands(self, person: int) -> bool:
        """Has the person an account that may sign in?"""
        return not (self.left and person == LEAVER)


@dataclass(frozen=True)
class Row:
    """Something that may be found: by whom (`group` is a closed one, or None for everybody), and by what."""

    key: str
    tab: str
    title: str
    in_title: frozenset[str]
    in_text: frozenset[str]
    group: int | None
    facets: dict[str, str]

    @property
    def words(self) -> frozenset[str]:
        """All of them."""
        return self.in_title | self.in_text


few = st.frozensets(st.sampled_from(WORDS), max_size=2)
places = st.integers(0, len(GROUPS) - 1)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A network with at least one closed group and something in it."""
    closed = (True, draw(st.booleans()), False)
    kinds = ["guide", "discussion", *draw(st.lists(st.sampled_from(["guide", "discussion", "question"]), max_size=6))]
    pieces = tuple(_piece(draw, number, kind) for number, kind in enumerate(kinds))
    guides = [piece.number for piece in pieces if piece.kind == "guide"]
    return Plan(
        closed=closed,
        about=tuple(draw(few) for _ in GROUPS),
        jobs=tuple(draw(few) for _ in PEOPLE),
        roles={
            (person, group): draw(st.sampled_from(["", "member", "facilitator", "requested", "invited"]))
            for person in range(len(PEOPLE))
            for group in range(len(GROUPS))
            if person != OUTSIDER
        }
        | {(1, 0): "member", (OUTSIDER, 0): "requested"},
        left=draw(st.booleans()),
        pieces=pieces,
        wanted=tuple(draw(st.frozensets(st.sampled_from(guides), max_size=2)) for _ in WANTED),
    )


def _piece(draw: st.DrawFn, number: int, kind: str) -> Piece:
    states = ["published"] * 4 + (["draft", "withdrawn"] if kind == "guide" else ["withdrawn"])
    return Piece(
        number=number,
        kind=kind,
        # The first two are what must not show: in the group that is closed.
        state="published" if number < 2 else draw(st.sampled_from(states)),
        group=0 if number < 2 else draw(places | st.none()) if kind == "guide" else draw(places),
        author=draw(st.integers(0, 1)),
        topic=draw(st.sampled_from(TOPICS)),
        in_title=draw(few),
        in_text=draw(few),
    )


class World:
    """The network that was made of a plan, and what each of its people may find."""

    def __init__(self, app: Flask, plan: Plan) -> None:
        self.app, self.plan, self.cast = app, plan, Cast(app)
        self.people = [
            self.cast.person(
                name,
                role="administrator" if place == ADMINISTRATOR else "member",
                job_title=" ".join(sorted(plan.jobs[place])),
            )
            for place, name in enumerate(PEOPLE)
        ]
        self.topics = {slug: self.cast.topic(slug) for slug in TOPICS}
        self.groups = [self._group(place) for place in range(len(GROUPS))]
        with app.app_context(), transaction() as session:
            leaver = session.get_one(Person, self.people[LEAVER])
            session.get_one(Account, leaver.account_id).active = not plan.left
        drain(app)
        for person in self:
            self._save(person, AT_ONCE, "at-once")
        self.saved = {person: self._save(person, WEEKLY, "weekly") for person in self}
        self.written = [self._write(piece) for piece in plan.pieces]
        for words, guides in zip(WANTED, plan.wanted, strict=True):
            self._want(words, guides)
        while drain(app):
            pass
        with app.app_context():
            build()
            for piece in plan.pieces:
                if piece.kind == "guide":
                    make(self.written[piece.number])
            self.addresses = {guide.id: f"/library/{guide.slug}" for guide in db.session.scalars(select(Guide))}

    def __iter__(self) -> Iterator[int]:
        """Those who may sign in, by their place in the plan."""
        return (place for place in range(len(PEOPLE)) if self.plan.stands(place))

    @cached_property
    def rows(self) -> list[Row]:
        """All that anybody may find."""
        plan = self.plan
        with self.app.app_context():
            first = db.session.scalar(select(Group.id).where(Group.slug == "ask-anyone"))
        none: frozenset[str] = frozenset()
        found = [Row(f"group:{first}", "group", "Ask anyone", none, none, None, {"kind": "group"})]
        for place, group in enumerate(self.groups):
            about = none if plan.closed[place] else plan.about[place]
            name = GROUPS[place].replace("-", " ").capitalize()
            found.append(Row(f"group:{group}", "group", name, none, about, None, {"kind": "group"}))
        for place in self:
            key = f"person:{self.people[place]}"
            found.append(Row(key, "person", PEOPLE[place], none, plan.jobs[place], None, {"kind": "person"}))
        return found + [self._row(piece) for piece in plan.pieces if piece.state == "published"]

    def readable(self, person: int | None) -> list[Row]:
        """The same, as far as this person may find it; None is a visitor."""
        return [row for row in self.rows if row.group is None or self.plan.belongs(person, row.group)]

    def reads(self, person: int | None, piece: Piece) -> bool:
        """May this person find the piece?"""
        return self.key(piece) in {row.key for row in self.readable(person)}

    def key(self, piece: Piece) -> str:
        """The piece's key in the index."""
        return f"{piece.subject}:{self.written[piece.number]}"

    def _row(self, piece: Piece) -> Row:
        facets = {"kind": piece.kind, "topic": piece.topic, "author": str(self.people[piece.author])}
        if piece.group is not None:
            facets["group"] = GROUPS[piece.group]
        return Row(
            key=self.key(piece),
            tab=piece.kind,
            title=piece.title,
            in_title=piece.in_title | {piece.own},
            in_text=piece.in_text,
            group=piece.group if piece.group is not None and self.plan.closed[piece.group] else None,
            facets=facets,
        )

    def _group(self, place: int) -> int:
        made = self.cast.group(GROUPS[place], closed=self.plan.closed[place])
        with self.app.app_context(), transaction() as session:
            session.get_one(Group, made).about_html = f"<p>{' '.join(sorted(self.plan.about[place]))}</p>"
            session.add_all(
                Membership(group_id=made, person_id=self.people[person], role=role)
                for (person, group), role in self.plan.roles.items()
                if group == place and role
            )
        return made

    def _save(self, person: int, text: str, alerts: str) -> int:
        viewer = self.cast.viewer(self.people[person])
        asked = Criteria(text=text)
        with self.app.app_context():
            known, broad = known_at_first(asked, viewer)
            with transaction():
                given: dict[str, Any] = {"name": text, "criteria": asked, "alerts": alerts}
                return saving.save(viewer=viewer, known=known, broad=broad, **given).id

    def _want(self, words: str, guides: frozenset[int]) -> None:
        viewers = [self.cast.viewer(self.people[person]) for person in self]
        with self.app.app_context(), transaction():
            entries = [wanting.add_entry(viewer=viewer, words=words).id for viewer in viewers]
            db.session.add_all(WantedGuide(entry_id=entries[0], guide_id=self.written[number]) for number in guides)

    def _write(self, piece: Piece) -> int:
        # Who wrote in a group may have left it since.
        writer = replace(self.cast.viewer(self.people[piece.author]), group_ids=frozenset(self.groups))
        group = None if piece.group is None else self.groups[piece.group]
        given: dict[str, Any] = {"title": piece.title, "body": f"Notes {' '.join(sorted(piece.in_text))}"}
        if piece.kind == "guide":
            return self._guide(piece, writer, {**given, "group_id": group, "topic_ids": (self.topics[piece.topic],)})
        with self.app.app_context():
            html = render_post(given["body"]).html
            with transaction():
                made = start_discussion(
                    **given,
                    html=html,
                    group_id=group or 0,
                    kind=piece.kind,
                    author_id=writer.person_id,
                    organisation_id=None,
                    topic_ids=[self.topics[piece.topic]],
                )
                made.withdrawn_at = now() if piece.state == "withdrawn" else None
                return made.id

    def _guide(self, piece: Piece, writer: Any, given: dict[str, Any]) -> int:
        shelf = Shelf(self.cast)
        if piece.state == "draft":
            return shelf.draft(writer, **given).id
        made = shelf.guide(writer, checked=False, **given).id
        if piece.state == "withdrawn":
            with self.app.app_context(), transaction():
                withdraw(viewer=writer, guide_id=made, reason="Wrong")
        return made
