"""The name of somebody who leaves, where the network itself put it into texts of others.

Those are: whose words a reply quotes, who wrote what a guide was made of, links to the profile, and who owned a guide
from when. Each is known by what it points at, because the name may have been another one on that day. What others say
of the person in words of their own is theirs and stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, cast, inspect, or_, select, tuple_

from network.accounts.models import KeptForm
from network.core.db import db
from network.core.events import publish
from network.discussions.actions import follow_post
from network.discussions.models import Discussion
from network.groups.events import GroupChanged
from network.groups.models import Group
from network.leaving.actions.quotes import Quotes
from network.leaving.actions.records import unname_records
from network.library.content import lay_out
from network.library.events import GUIDE, GuideChanged
from network.library.models import Guide, GuideEdit, GuideVersion
from network.library.suggestions.models import Suggestion
from network.people.events import ProfileChanged
from network.people.links import without_links
from network.people.models import Person
from network.threads.events import PostEdited
from network.threads.models import Post, PostVersion, Thread

Change = Callable[[str], str]
LOT = 50  # Texts that are in memory together.
_HEADINGS = re.compile(r"<h[1-6][ >](?:(?!<h[1-6][ >]).)*?</h[1-6]>", re.DOTALL)


def unname(person: Person, handles: Sequence[str], *, keeps_name: bool) -> None:
    """Take the name out of these places, and the links everywhere. With `keeps_name` guides go on saying it."""
    quotes = Quotes(person.id)

    def in_talk(text: str) -> str:
        return without_links(quotes.unnamed(text), handles)

    def in_guides(text: str) -> str:
        return without_links(text if keeps_name else quotes.unnamed(text), handles, keep_words=keeps_name)

    # A reply quotes out of its own thread.
    in_their_threads = Post.thread_id.in_(select(Post.thread_id).where(Post.author_id == person.id))
    said_there = PostVersion.post_id.in_(select(Post.id).where(in_their_threads))
    for version in _texts(PostVersion, PostVersion.body, handles, quotes, said_there):
        _rewrite(version, ("body", "html"), in_talk)
    for post in _texts(Post, Post.body, handles, quotes, in_their_threads):
        if _rewrite(post, ("body", "html"), in_talk):
            _follow_post(post)
    in_texts = None if keeps_name else quotes
    for guide in _texts(Guide, Guide.body, handles, in_texts):
        if _rewrite(guide, ("body", "html"), in_guides):
            _follow_guide(guide)
    for version in _texts(GuideVersion, GuideVersion.body, handles, in_texts):
        _rewrite(version, ("body", "html"), in_guides)
    for model, column in ((Suggestion, "body"), (GuideEdit, "fields"), (KeptForm, "fields")):
        for row in _texts(model, cast(getattr(model, column), String), handles, in_texts):
            _rewrite(row, (column,), in_guides)
    for group in _texts(Group, Group.about, handles, quotes):
        if _rewrite(group, ("about", "about_html"), in_talk):
            group.revision += 1
            publish(GroupChanged("group", group.id))
    for other in _texts(Person, Person.about, handles, quotes):
        if _rewrite(other, ("about", "about_html"), in_talk):
            other.revision += 1
            publish(ProfileChanged("person", other.id))
    if not keeps_name:
        unname_records(person)


def _texts(
    model: Any, column: Any, handles: Sequence[str], quotes: Quotes | None, within: ColumnElement[bool] | None = None
) -> Iterator[Any]:
    """Rows whose text links to the person, or may quote them; those that quote lie `within`.

    Everybody who writes waits meanwhile. So whatever else quotes somebody is not loaded, and the rest in small lots.
    """
    key = inspect(model).primary_key
    found = {tuple(row) for row in db.session.execute(select(*key).where(_linking(column, handles)))}
    if quotes:
        quoting = select(*key, column).where(column.contains("#post-"), column.contains(") wrote:"))
        quoting = quoting if within is None else quoting.where(within)
        texts = db.session.execute(quoting.execution_options(yield_per=LOT))
        found |= {tuple(one) for *one, text in texts if quotes.may_be_in(text)}
    rows = sorted(found)
    for start in range(0, len(rows), LOT):
        lot = select(model).where(tuple_(*key).in_(rows[start : start + LOT]))
        yield from db.session.scalars(lot).all()


def _linking(column: Any, handles: Sequence[str]) -> Any:
    return or_(*(column.icontains(f"/people/{one}", autoescape=True) for one in handles))


def _rewrite(row: Any, fields: Sequence[str], change: Change) -> bool:
    """Change these fields; False when nothing in them did. A heading has an address of its words: it is made anew."""
    was = [getattr(row, field) for field in fields]
    now = [_changed(value, change) for value in was]
    for field, value in zip(fields, now, strict=True):
        setattr(row, field, value)
    if isinstance(row, (Guide, GuideVersion)) and _HEADINGS.findall(was[1]) != _HEADINGS.findall(now[1]):
        laid_out = lay_out(row.body)
        row.html = laid_out.html
        if isinstance(row, Guide):
            row.headings = [[heading.level, heading.id, heading.text] for heading in laid_out.headings]
    return was != now


def _changed(value: Any, change: Change) -> Any:
    """Texts, also those inside of what a form held."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _changed(one, change) for name, one in value.items()}
    return [_changed(one, change) for one in value] if isinstance(value, list) else value


def _follow_post(post: Post) -> None:
    thread = db.session.get_one(Thread, post.thread_id)
    if thread.subject == "discussion" and post.withdrawn_at is None:
        follow_post(discussion_id=thread.subject_id, post=post)
    elif thread.subject == "discussion":  # Its counters were brought in line when it went.
        db.session.get_one(Discussion, thread.subject_id).revision += 1
    elif thread.subject == GUIDE:
        db.session.get_one(Guide, thread.subject_id).revision += 1
    publish(PostEdited(thread.subject, thread.subject_id, post.id, post.number))


def _follow_guide(guide: Guide) -> None:
    guide.revision += 1
    publish(GuideChanged(GUIDE, guide.id))
