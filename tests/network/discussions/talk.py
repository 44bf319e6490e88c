"""Conversations for tests: started through the actions, and forms sent as a browser would send them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.discussions import actions
from network.discussions.models import Discussion
from network.threads.models import Post
from network.threads.writing import render_post

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Started(NamedTuple):
    """A discussion as tests refer to it."""

    id: int
    thread_id: int
    address: str


class Talk:
    """Starts discussions and replies in one application's database."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def start(
        self,
        group_id: int,
        author_id: int,
        *,
        kind: str = "question",
        title: str = "How do you do it?",
        body: str = "We tried.",
        **more: Any,
    ) -> Started:
        """A discussion with its first post."""
        with self.app.app_context():
            html = render_post(body).html
            with transaction():
                made = actions.start_discussion(
                    group_id=group_id,
                    kind=kind,
                    title=title,
                    body=body,
                    html=html,
                    author_id=author_id,
                    organisation_id=None,
                    **more,
                )
                assert made.thread_id
                return Started(made.id, made.thread_id, actions.address_of(made))

    def reply(self, started: Started, author_id: int, body: str = "Like this.", **more: Any) -> int:
        """A reply; returns its number."""
        with self.app.app_context():
            html = render_post(body).html
            with transaction():
                post = actions.reply(
                    discussion_id=started.id,
                    author_id=author_id,
                    organisation_id=None,
                    body=body,
                    html=html,
                    **more,
                )
                return post.number

    def accept(self, started: Started, number: int, by_id: int) -> None:
        """Accept a reply by its number."""
        with self.app.app_context(), transaction():
            post_id = self._post_id(started, number)
            actions.accept(discussion_id=started.id, post_id=post_id, by_id=by_id)

    def row(self, started: Started) -> Discussion:
        """The discussion as stored now."""
        with self.app.app_context():
            return db.session.get_one(Discussion, started.id)

    def posts(self, started: Started) -> list[Post]:
        """Its posts in order."""
        with self.app.app_context():
            query = select(Post).where(Post.thread_id == started.thread_id).order_by(Post.number)
            return list(db.session.scalars(query))

    def _post_id(self, started: Started, number: int) -> int:
        query = select(Post.id).where(Post.thread_id == started.thread_id, Post.number == number)
        return db.session.scalars(query).one()


def hidden(client: Any, path: str) -> dict[str, str]:
    """The hidden fields of a page: its token and its key."""
    page = client.get(path)
    assert page.status_code == 200, f"{path} answered {page.status_code}"
    return {name: unescape(value) for name, value in HIDDEN.findall(page.text)}


def send(client: Any, path: str, form_at: str = "", **fields: str) -> Any:
    """Open the page with the form and send it with these fields."""
    return client.post(path, data={**hidden(client, form_at or path), **fields})


def token(client: Any) -> str:
    """A token that any form of this person takes."""
    return hidden(client, "/groups/new")["csrf_token"]
