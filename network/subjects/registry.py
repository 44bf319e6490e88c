"""The registry of subjects: what search, files and other features need to know of any kind of content.

Each feature describes its subject once; whoever must treat all alike (search, attachments, home) asks here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from flask import Flask, current_app

from network.core.events import Event
from network.subjects.viewer import Viewer


@dataclass(frozen=True)
class SubjectEvent(Event):
    """Something happened to one row of a subject; search follows these."""

    subject: str
    id: int


@dataclass(frozen=True)
class Refiled(SubjectEvent):
    """A topic that something is filed under was renamed, moved or merged, or an organisation that it names changed.

    Nobody is told: nothing about the thing itself is new. What is worked out from it follows.
    """

    name = "subject.refiled"


@dataclass(frozen=True)
class AudienceChanged(Event):
    """Everything in a group changed its audience."""

    name = "group.audience_changed"
    group_id: int


@dataclass(frozen=True)
class GroupMoved(Event):
    """A group has another address, by which the index knows what is in it."""

    name = "group.moved"
    group_id: int


@dataclass(frozen=True)
class Entry:
    """A row as the search index should hold it. Times are aware; `body` is plain text.

    `attached` are the words of files that come with it: found, and weighing less than its own.

    `tab` is where it stands on the search page, one of its subject's tabs; empty for the first of them.
    """

    id: int
    revision: int
    title: str
    audience: str
    created: datetime
    updated: datetime
    summary: str = ""
    body: str = ""
    attached: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = "en"
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uses: int = 0
    tab: str = ""


class Section(NamedTuple):
    """A part of a card's text that has an address of its own: where it begins in the text, and its name.

    `beside` marks what comes with the text and is not of it, such as a file; such parts stand last.
    """

    start: int
    name: str
    address: str
    beside: bool = False


class Named(NamedTuple):
    """As little of a row as a short list shows. `tag` says what needs saying of it first; of what can be used `uses`
    says by how many organisations it is.
    """

    title: str
    address: str
    kicker: str
    tag: str = ""
    tag_tone: str = ""
    uses: int | None = None


@dataclass(frozen=True)
class Card:
    """A row as a search result or list elsewhere shows it: `text` is plain text to cut a snippet from.

    `sections` are the parts of the text that can be linked to, in order. `answer` is the beginning of a
    question's accepted answer. `facts` stand behind the byline.
    """

    id: int
    title: str
    address: str
    kicker: str
    text: str
    byline: str = ""
    language: str = "en"
    tag: str = ""
    tag_tone: str = ""
    figure: str = ""
    figure_words: str = ""
    figure_tone: str = ""
    initials: str = ""
    hue: int = 0
    shape: str = ""
    picture: str = ""
    answer: str = ""
    facts: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Hearing:
    """Whom new posts under a row are addressed to, and what a mail says of them: “`did` its title” of one,
    “3 `several` its title” of more.
    """

    people: Callable[[int], Sequence[int]]
    did: str
    several: str


@dataclass(frozen=True)
class Subject:
    """A kind of content.

    `entries(ids)` gives what the index should hold of these rows; rows that must not be found are left out.
    `revisions()` gives the revision of every row that should be found; `in_group(id)` the rows of a group.
    `cards(ids, viewer)` gives cards of those rows that this viewer may read: the second check after a search.
    `may_read(viewer, id)` answers for one row (attachments ask it). `may_read_file(viewer, id, name)` answers for one
    of its files instead, where not all are as visible as the row; of a picture in several sizes it is the whole one.
    `by_title(text, viewer, limit)` gives ids of readable rows whose title holds the text, for when the index is away.
    `named(ids, viewer)` gives as much of those rows that this viewer may read as a suggestion shows.
    `at_path(path)` gives the row whose page stands at a path of this site, whoever looks; former paths count.
    `hearing` says who is told of posts under a row; it needs `named`.
    `topics(ids)` gives the slugs of the topics of each row that has any, as its entry has them.
    `tabs` are the name and the words of each tab of the search page; without any there is one for the subject.
    """

    name: str
    label: str
    plural: str
    entries: Callable[[Sequence[int]], Iterable[Entry]]
    revisions: Callable[[], Mapping[int, int]]
    in_group: Callable[[int], Sequence[int]]
    cards: Callable[[Sequence[int], Viewer], Mapping[int, Card]]
    may_read: Callable[[Viewer, int], bool]
    by_title: Callable[[str, Viewer, int], Sequence[int]] | None = None
    named: Callable[[Sequence[int], Viewer], Mapping[int, Named]] | None = None
    tabs: tuple[tuple[str, str], ...] = ()
    at_path: Callable[[str], int | None] | None = None
    may_read_file: Callable[[Viewer, int, str], bool] | None = None
    hearing: Hearing | None = None
    topics: Callable[[Sequence[int]], Mapping[int, Sequence[str]]] | None = None

    @property
    def all_tabs(self) -> tuple[tuple[str, str], ...]:
        """Its tabs, of which there is at least one."""
        return self.tabs or ((self.name, self.plural),)


def subjects(app: Flask | None = None) -> dict[str, Subject]:
    """The subjects of the application by name, in the order in which they were registered."""
    found: dict[str, Subject] = (app or current_app).extensions.setdefault("subjects", {})
    return found


def register(app: Flask, subject: Subject) -> None:
    """Make a subject known."""
    if subject.name in subjects(app):
        raise ValueError(f"two subjects are called {subject.name}")
    subjects(app)[subject.name] = subject
