"""The discussions of the demo network."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.demo import files
from network.discussions import actions as discussions
from network.people.models import Person
from network.threads.writing import render_post

if TYPE_CHECKING:
    from network.demo.loading import Names


def load_discussions(names: Names, progress: Callable[[int], object]) -> None:
    """Start each thread, reply, and accept the answer that its asker accepted."""
    bodies = {row.id: row.organisation_id for row in db.session.execute(select(Person.id, Person.organisation_id))}
    for group, threads in files.discussions():
        for thread in threads:
            _load(names.groups[group], thread, names, bodies)
            progress(1)


def _load(group_id: int, thread: dict[str, Any], names: Names, bodies: dict[int, int | None]) -> None:
    asker = names.people[thread["by"]]
    opening = render_post(thread["body"]).html
    replies = [(said, names.people[said["by"]], render_post(said["body"]).html) for said in thread["posts"]]
    with transaction():
        started = discussions.start_discussion(
            group_id=group_id,
            kind=thread["kind"],
            title=thread["title"],
            body=thread["body"],
            html=opening,
            author_id=asker,
            organisation_id=bodies[asker],
            topic_ids=[names.topics[slug] for slug in thread["topics"]],
            tags=thread["tags"],
            at=files.ago(thread["days_ago"]),
        )
        posts = [
            discussions.reply(
                discussion_id=started.id,
                author_id=author,
                organisation_id=bodies[author],
                body=said["body"],
                html=html,
                at=files.ago(said["days_ago"]),
            )
            for said, author, html in replies
        ]
        if thread["accepted"] is not None:
            answer = thread["posts"][thread["accepted"]]
            discussions.accept(
                discussion_id=started.id,
                post_id=posts[thread["accepted"]].id,
                by_id=asker,
                at=files.ago(max(0.01, answer["days_ago"] - 0.5)),
            )
