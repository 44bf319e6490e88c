"""The name of somebody who leaves, where the network itself put it into texts of others.

Those are: whose words a reply quotes, who wrote what a guide was made of, links to the profile, and who owned a guide
from when. What others say of the person in words of their own is theirs and stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import unescape
from typing import Any

from flask import current_app
from sqlalchemy import or_, select

from network.core.db import db
from network.core.events import publish
from network.discussions.models import Discussion
from network.groups.events import GroupChanged
from network.groups.models import Group
from network.library.checking.models import GuideTurn
from network.library.events import GUIDE, GuideChanged
from network.library.models import Guide, GuideCoAuthor, GuideVersion
from network.library.suggestions.models import Suggestion
from network.people.events import ProfileChanged
from network.people.models import FORMER_MEMBER, Person
from network.threads.events import PostEdited
from network.threads.models import Post, PostVersion, Thread

A_FORMER_MEMBER = "a former member"
_QUOTES = (
    re.compile(r"(?P<before>\[)(?P<name>(?:\\.|[^\]\\\n])*)(?P<after>\]\(/\S{1,300}#post-(?P<number>\d+)\) wrote:)"),
    re.compile(r'(?P<before><a href="/[^"]{1,300}#post-(?P<number>\d+)">)(?P<name>[^<]*)(?P<after></a> wrote:)'),
)


def unname(person: Person, handles: Sequence[str], *, keeps_name: bool) -> None:
    """Take the name out of these places, and the links everywhere. With `keeps_name` guides go on saying it."""
    _in_quotes(person)
    _in_links(person, handles, keeps_name=keeps_name)
    if not keeps_name:
        _in_records(person)


def _in_quotes(person: Person) -> None:
    """A reply quotes out of its own thread, so whose words they are is told by the number, not by the name alone."""
    numbers: dict[int, set[int]] = {}
    for thread_id, number in db.session.execute(select(Post.thread_id, Post.number).where(Post.author_id == person.id)):
        numbers.setdefault(thread_id, set()).add(number)
    quoting = select(Post).where(Post.thread_id.in_(numbers), Post.body.contains("#post-"))
    for post in db.session.scalars(quoting).all():
        mine = numbers[post.thread_id]

        def instead(found: re.Match[str], mine: set[int] = mine) -> str:
            theirs = int(found["number"]) in mine and _plain(found["name"]) == person.name
            return f"{found['before']}{FORMER_MEMBER}{found['after']}" if theirs else found[0]

        earlier = db.session.scalars(select(PostVersion).where(PostVersion.post_id == post.id))
        for row in (post, *earlier):
            _rewrite(row, ("body", "html"), _QUOTES, instead)
        if db.session.is_modified(post):
            _follow_post(post)


def _in_links(person: Person, handles: Sequence[str], *, keeps_name: bool) -> None:
    if not handles:
        return
    address = rf"(?:{re.escape(current_app.config['BASE_URL'])})?/people/(?:{'|'.join(map(re.escape, handles))})"
    links = (
        re.compile(rf"\[(?P<name>(?:\\.|[^\]\\\n])*)\]\({address}\)"),
        re.compile(rf'<a [^>]*?href="{address}"[^>]*>(?P<name>.*?)</a>', re.DOTALL),
    )

    def unlinked(found: re.Match[str]) -> str:
        return found["name"]

    def unnamed(found: re.Match[str]) -> str:
        return A_FORMER_MEMBER if _plain(found["name"]) == person.name else found["name"]

    in_guides = unlinked if keeps_name else unnamed
    for model, fields, instead, follow in (
        (Post, ("body", "html"), unnamed, _follow_post),
        (PostVersion, ("body", "html"), unnamed, None),
        (Guide, ("body", "html"), in_guides, _follow_guide),
        (GuideVersion, ("body", "html"), in_guides, None),
        (Suggestion, ("body",), in_guides, None),
        (Group, ("about", "about_html"), unnamed, _follow_group),
        (Person, ("about", "about_html"), unnamed, _follow_person),
    ):
        for row in _rows_with(model, fields[0], handles):
            _rewrite(row, fields, links, instead)
            if follow is not None and db.session.is_modified(row):
                follow(row)


def _in_records(person: Person) -> None:
    """The record of a guide tells in words from whom to whom it went."""
    helped = select(GuideCoAuthor.guide_id).where(GuideCoAuthor.person_id == person.id)
    theirs = or_(
        GuideTurn.person_id == person.id,
        Guide.author_id == person.id,
        Guide.owner_person_id == person.id,
        Guide.id.in_(helped),
    )
    turns = select(GuideTurn).join(Guide, Guide.id == GuideTurn.guide_id)
    named = turns.where(theirs, GuideTurn.kind.in_(("taken-over", "inherited")), GuideTurn.text.contains(person.name))
    for turn in db.session.scalars(named).all():
        turn.text = turn.text.replace(person.name, A_FORMER_MEMBER)


def _rows_with(model: Any, field: str, handles: Sequence[str]) -> Iterable[Any]:
    column = getattr(model, field)
    return db.session.scalars(select(model).where(or_(*(column.contains(f"/people/{one}") for one in handles)))).all()


def _rewrite(
    row: Any, fields: Sequence[str], patterns: Sequence[re.Pattern[str]], instead: Callable[[re.Match[str]], str]
) -> None:
    for field in fields:
        text = was = getattr(row, field)
        for pattern in patterns:
            text = pattern.sub(instead, text)
        if text != was:
            setattr(row, field, text)


def _plain(name: str) -> str:
    return unescape(re.sub(r"\\(.)", r"\1", name))


def _follow_post(post: Post) -> None:
    thread = db.session.get_one(Thread, post.thread_id)
    if thread.subject == "discussion":
        db.session.get_one(Discussion, thread.subject_id).revision += 1
    elif thread.subject == GUIDE:
        db.session.get_one(Guide, thread.subject_id).revision += 1
    publish(PostEdited(thread.subject, thread.subject_id, post.id, post.number))


def _follow_guide(guide: Guide) -> None:
    guide.revision += 1
    publish(GuideChanged(GUIDE, guide.id))


def _follow_group(group: Group) -> None:
    group.revision += 1
    publish(GroupChanged("group", group.id))


def _follow_person(person: Person) -> None:
    person.revision += 1
    publish(ProfileChanged("person", person.id))
