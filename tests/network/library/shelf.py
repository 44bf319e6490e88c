"""Guides for tests, made through the library's own actions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete

from network.core.db import db
from network.core.outbox import OutboxRow
from network.core.transaction import transaction
from network.library.actions import checking, drafting, publishing
from network.library.content import Content, lay_out
from network.library.models import Guide
from network.library.naming.notices import CONSUMER as CO_AUTHORS
from network.subjects.viewer import Viewer
from tests.support.cast import Cast

BODY = "## Before you start\n\nAsk who will read it.\n\n## What it cost us\n\nNineteen days.\n"


def content(title: str = "Moving a planning register", *, body: str = BODY, **changes: Any) -> Content:
    """A guide's content; call it inside an application context."""
    given: dict[str, Any] = {"summary": "How we did it", "licence": "CC-BY-4.0", **changes}
    return Content(title=title, body=body, rendered=lay_out(body), **given)


class Shelf:
    """Puts guides and drafts into one application's library."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.app = cast.app

    def viewer(self, person: int | Viewer) -> Viewer:
        """The viewer as a request would have it."""
        return person if isinstance(person, Viewer) else self.cast.viewer(person)

    def guide(self, person: int, title: str = "Moving a planning register", **given: Any) -> Guide:
        """A published guide of the person's, checked by them unless `checked=False`.

        Arguments of publish_new go there, the rest to the content.
        """
        return self._make(self._publish, person, title, given)

    def draft(self, person: int, title: str = "Moving a planning register", **given: Any) -> Guide:
        """A draft of the person's."""
        return self._make(drafting.create_draft, person, title, given)

    def _publish(self, *, viewer: Viewer, checked: bool = True, **given: Any) -> Guide:
        guide = publishing.publish_new(viewer=viewer, **given)
        if checked:
            due, at = given.get("check_due"), given.get("at")
            checking.check(viewer=viewer, guide_id=guide.id, next_due=due, at=at)
        return guide

    def _make(self, action: Any, person: int, title: str, given: dict[str, Any]) -> Guide:
        names = {"owner", "group_id", "co_author_ids", "check_due", "note", "source", "checked", "elsewhere", "at"}
        arguments = {name: value for name, value in given.items() if name in names}
        rest = {name: value for name, value in given.items() if name not in names}
        viewer = self.viewer(person)
        with self.app.app_context():
            words = content(title, **rest)
            with transaction():
                guide: Guide = action(viewer=viewer, content=words, **arguments)
                # What stands on the shelf was written long ago: nobody is told now that they are co-author.
                db.session.execute(delete(OutboxRow).where(OutboxRow.consumer == CO_AUTHORS))
            return guide
