"""A network with something to hide: canary words in a closed group and in drafts, and the roles that look for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask

from network.core.transaction import transaction
from network.core.worker import drain
from network.discussions.actions import address_of, reply, start_discussion
from network.groups.actions import add_member
from network.library.actions.drafting import create_draft
from network.library.actions.publishing import publish_new
from network.library.content import Content, lay_out
from network.threads.writing import render_post
from tests.support.cast import Cast

SECRET = "zebrafinch"  # In everything that only members of the closed group may read.
DRAFT = "quokkanut"  # In a draft that only its author may read.
OPEN = "lanternfish"  # In everything that everybody may read.


@dataclass
class Canaries:
    """Where the words are, and who is who. `roles` maps a role to a person, None for a visitor."""

    app: Flask
    roles: dict[str, int | None]
    group: str
    discussion: str
    guide: str
    draft: str

    def client(self, role: str) -> Any:
        """A browser of that role."""
        return Cast(self.app).client(self.roles[role])


ROLES = ("visitor", "outsider", "requested", "author", "moderator", "administrator", "member", "facilitator")
INSIDERS = {"member", "facilitator"}


def plant(app: Flask) -> Canaries:
    """Fill the network and let the worker finish."""
    cast = Cast(app)
    topic = cast.topic("open-data", "Open data")
    people = {role: cast.person(f"{role.title()} Person") for role in ("author", "outsider", "requested", "member")}
    people["facilitator"] = cast.person("Facilitator Person")
    people["moderator"] = cast.person("Moderator Person", role="moderator")
    people["administrator"] = cast.person("Administrator Person", role="administrator")
    closed = cast.group(
        "serious-cases", closed=True, facilitators=(people["facilitator"],), members=(people["member"],)
    )
    open_group = cast.group("open-cases", facilitators=(people["author"],))
    with app.app_context():
        with transaction():
            add_member(group_id=closed, person_id=people["requested"], role="requested", message="Please")
        discussion = _discussion(closed, SECRET, people["member"], topic)
        _discussion(open_group, OPEN, people["author"], topic)
        guide = _guide(cast, people["member"], SECRET, closed, topic)
        _guide(cast, people["author"], OPEN, None, topic)
        draft = _draft(cast, people["author"])
    drain(app)
    return Canaries(app, {"visitor": None, **people}, "/groups/serious-cases", discussion, guide, draft)


def _discussion(group: int, word: str, by: int, topic: int) -> str:
    body = f"What about {word} in practice?"
    html, answer = render_post(body).html, render_post(f"We tried {word} twice").html
    with transaction():
        started = start_discussion(
            group_id=group,
            kind="question",
            title=f"Asking about {word}",
            body=body,
            html=html,
            author_id=by,
            organisation_id=None,
            topic_ids=[topic],
            tags=[word],
        )
        reply(discussion_id=started.id, author_id=by, organisation_id=None, body=f"We tried {word} twice", html=answer)
        return address_of(started)


def _content(word: str, topic: int | None = None) -> Content:
    body = f"## How\n\nUse {word} carefully."
    return Content(
        title=f"Working with {word}",
        summary=f"All about {word}",
        body=body,
        rendered=lay_out(body),
        licence="CC-BY-4.0",
        topic_ids=(topic,) if topic else (),
        tags=(word,),
    )


def _guide(cast: Cast, by: int, word: str, group: int | None, topic: int) -> str:
    content = _content(word, topic)
    viewer = cast.viewer(by)
    with transaction():
        return f"/library/{publish_new(viewer=viewer, content=content, group_id=group).slug}"


def _draft(cast: Cast, by: int) -> str:
    content = _content(DRAFT)
    viewer = cast.viewer(by)
    with transaction():
        return f"/drafts/{create_draft(viewer=viewer, content=content).id}"
