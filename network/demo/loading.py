"""Bringing the demo network in, through the same actions that people use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select

from network.core.db import db
from network.core.outbox import OutboxRow
from network.core.transaction import transaction
from network.demo import files
from network.demo.begun import load_begun
from network.demo.care import load_flags
from network.demo.conversations import load_discussions
from network.demo.glossary import load_glossary
from network.demo.imports import load_imports
from network.demo.lists import load_collections
from network.demo.papers import load_files
from network.demo.people import load_groups, load_organisations, load_people
from network.demo.proposals import load_suggestions
from network.demo.searches import load_searches
from network.demo.shelf import load_guides
from network.demo.uses import load_uses
from network.demo.wishes import load_wanted
from network.library.naming.notices import CONSUMER as CO_AUTHORS
from network.people.models import Person
from network.starting import seed
from network.vocabulary.starting import add_starting_topics

Progress = Callable[[int], object]


@dataclass
class Names:
    """Ids of what was loaded, by the names that the content uses."""

    organisations: dict[str, int] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)


def is_empty() -> bool:
    """Has nobody joined yet?"""
    found = db.session.scalar(select(func.count(Person.id)))
    db.session.rollback()
    return not found


def size() -> int:
    """How many steps loading takes, for a progress bar; glossary and searches are one each."""
    threads = sum(len(threads) for _, threads in files.discussions())
    kinds = ("people", "groups", "files", "wanted", "flags", "collections", "adoptions", "suggestions")
    rows = sum(len(files.rows(name)) for name in kinds)
    return sum(1 for _ in files.guides()) + threads + rows + 2


def moderator() -> str:
    """The handle of whoever keeps the glossary and decides about searches."""
    return next(str(row["handle"]) for row in files.rows("people") if row["role"] == "moderator")


def load(progress: Progress = lambda done: None) -> Names:
    """Fill an empty network. Each person, group, discussion and guide is one transaction."""
    names = Names()
    with transaction():
        seed()
        names.organisations = load_organisations()
        names.topics = add_starting_topics()
    load_people(names.people, progress)
    keeper = names.people[moderator()]
    load_glossary(keeper, progress)
    load_groups(names.groups, names.people, names.topics, progress)
    load_discussions(names, progress)
    load_guides(names, progress)
    load_flags(names.people, progress)
    load_collections(names, progress)
    load_suggestions(names.people, progress)
    load_begun(names.people)
    load_files(names.people, progress)
    load_searches(keeper, progress)
    load_wanted(names.people, progress)
    load_uses(names.people, progress)
    load_imports(names.people)
    _tell_no_co_authors()
    return names


def _tell_no_co_authors() -> None:
    """They have known since long ago that they are named; twenty mails would hide those that show something."""
    with transaction() as session:
        session.execute(delete(OutboxRow).where(OutboxRow.consumer == CO_AUTHORS))
