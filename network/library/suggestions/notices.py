"""Mails about suggestions: to those whose turn it is, to who suggested, and to those who talk about it.

Each is queued in one transaction with the mark that this person was told, so that none comes twice. What somebody may
no longer read they are not told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from network.core.db import db
from network.core.mail.message import queue_mail
from network.core.mail.stopping import one_press
from network.core.once import add_once
from network.core.outbox import Message
from network.core.transaction import transaction
from network.core.web.addresses import absolute
from network.groups.viewers import viewer_of
from network.library.actions import rows
from network.library.rules import Standing
from network.library.suggestions.events import SUGGESTION, SuggestionAnswered
from network.library.suggestions.models import GONE, OPEN, WITH_GROUP, Suggestion, SuggestionNotice
from network.library.suggestions.passing import advance, turn_of
from network.library.suggestions.rules import may_read
from network.library.suggestions.showing import how_many
from network.library.suggestions.stopping import is_muted, stop_address
from network.people.mailing import email_of
from network.people.models import Person
from network.threads.addresses import post_address
from network.threads.events import PostAdded
from network.threads.models import Post
from network.threads.showing import FORMER_MEMBER

CONSUMER = "suggestions.mails"
ASKED = "asked"


class About(NamedTuple):
    """A suggestion as its mails tell of it."""

    row: Suggestion
    standing: Standing
    guide_title: str
    guide: str
    address: str
    author: str


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer of what happens to suggestions and of posts under them."""
    for message in messages:
        payload = message.payload
        with transaction():
            if message.event == PostAdded.name:
                if payload["subject"] == SUGGESTION and (about := _about(payload["id"])):
                    _tell_of_post(about, payload["number"], payload["author_id"])
            elif about := _about(payload["suggestion_id"]):
                if message.event == SuggestionAnswered.name:
                    _tell_of_answer(about)
                elif about.row.state == OPEN:
                    _ask(about)


def _about(suggestion_id: int) -> About | None:
    found = db.session.get(Suggestion, suggestion_id)
    if found is None:
        return None
    guide = rows.guide_to_change(found.guide_id)
    db.session.refresh(found)
    address = absolute(f"/library/{guide.slug}")
    return About(
        found,
        rows.standing(guide),
        guide.title,
        address,
        f"{address}/suggestions/{found.number}",
        _name(found.author_id),
    )


def _ask(about: About) -> None:
    """Those whose turn it is. Where there is nobody, it goes on at once."""
    turn = turn_of(about.standing, about.row.stage)
    if not turn and about.row.stage < WITH_GROUP:
        advance(about.row, about.standing)
        return
    subject = f"{about.author} suggests a change to “{about.guide_title}”"
    passed_on = about.row.stage > 0
    for person_id in turn:
        _mail(about, person_id, ASKED, subject, "asked", passed_on=passed_on)


def _tell_of_answer(about: About) -> None:
    if about.row.author_id is None:
        return
    verb = about.row.state
    how = (" in part" if about.row.taken else " with changes") if about.row.partly else ""
    subject = f"Your suggestion for “{about.guide_title}” was {verb}{how}"
    by = _name(about.row.answered_by)
    part = (how_many(about.row.taken) or "It was accepted with changes") if about.row.partly else ""
    _mail(about, about.row.author_id, verb, subject, "answered", stops=False, by=by, verb=verb, part=part)


def _tell_of_post(about: About, number: int, author_id: int) -> None:
    """Who suggested, who was asked to answer, and who wrote there before."""
    if about.row.state in GONE:
        return
    asked = select(SuggestionNotice.person_id).where(
        SuggestionNotice.suggestion_id == about.row.id, SuggestionNotice.what == ASKED
    )
    earlier = select(Post.author_id).where(Post.thread_id == about.row.thread_id, Post.number < number)
    people = {about.row.author_id, *db.session.scalars(asked), *db.session.scalars(earlier)} - {None, author_id}
    by = _name(author_id)
    subject = f"{by} wrote about a suggestion for “{about.guide_title}”"
    for person_id in sorted(_known(people)):
        _mail(about, person_id, f"post-{number}", subject, "talk", by=by, post=post_address(about.address, number))


def _known(people: Iterable[int | None]) -> list[int]:
    return [one for one in people if one is not None]


def _mail(
    about: About, person_id: int, what: str, subject: str, template: str, *, stops: bool = True, **context: Any
) -> None:
    viewer = viewer_of(person_id)
    row = about.row
    readable = may_read(viewer, about.standing, state=row.state, author_id=row.author_id)
    if not viewer.signed_in or not readable or (stops and is_muted(row.guide_id, person_id)):
        return
    if not add_once(SuggestionNotice, suggestion_id=row.id, person_id=person_id, what=what):
        return
    stop = stop_address(row.guide_id, person_id) if stops else ""
    queue_mail(
        email_of(person_id),
        subject,
        f"library/suggestion_{template}",
        headers=one_press(stop) if stops else {},
        about=about,
        stop=stop,
        **context,
    )


def _name(person_id: int | None) -> str:
    name = db.session.scalar(select(Person.name).where(Person.id == person_id)) if person_id is not None else None
    return name or FORMER_MEMBER
