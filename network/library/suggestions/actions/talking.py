"""Talking about a suggestion."""

from __future__ import annotations

from datetime import datetime

from network.library.suggestions import rules
from network.library.suggestions.actions.rows import locked
from network.library.suggestions.events import SUGGESTION
from network.library.suggestions.models import GONE
from network.subjects.rules import require
from network.subjects.viewer import Viewer
from network.threads import actions as threads
from network.threads.models import Post


def say(*, viewer: Viewer, guide_id: int, number: int, body: str, html: str, at: datetime | None = None) -> Post:
    """Talk about it: a post in the thread under the suggestion, which the first one starts."""
    _, standing, suggestion = locked(guide_id, number)
    readable = rules.may_read(viewer, standing, state=suggestion.state, author_id=suggestion.author_id)
    require(viewer.signed_in and readable and suggestion.state not in GONE, "You can talk about what you can read.")
    if suggestion.thread_id is None:
        suggestion.thread_id = threads.start_thread(subject=SUGGESTION, subject_id=suggestion.id).id
    return threads.add_post(
        thread_id=suggestion.thread_id,
        author_id=viewer.person_id or 0,
        organisation_id=viewer.organisation_id,
        body=body,
        html=html,
        at=at,
    )
