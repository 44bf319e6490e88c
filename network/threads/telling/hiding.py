"""The mail to whose post somebody else hid: by whom, and why. It cannot be stopped: nothing is removed silently."""

from __future__ import annotations

from network.core.mail.message import queue_mail
from network.core.web.addresses import absolute
from network.groups.viewers import viewer_of
from network.people.mailing import email_of
from network.subjects.registry import subjects
from network.threads.addresses import post_address
from network.threads.models import Post, Thread


def tell_hidden(post: Post, thread: Thread, *, by: str, reason: str) -> None:
    """Queue it in the transaction that hides the post, while the page that it is on can still be named. Who may not
    read that page any more hears nothing of it.
    """
    viewer = viewer_of(post.author_id) if post.author_id is not None else None
    named = subjects()[thread.subject].named if thread.subject in subjects() else None
    if viewer is None or viewer.person_id is None or named is None:
        return
    about = named([thread.subject_id], viewer).get(thread.subject_id)
    if about is not None:
        queue_mail(
            email_of(viewer.person_id),
            f"What you wrote in “{about.title}” was hidden",
            "threads/hidden",
            by=by,
            title=about.title,
            reason=reason,
            address=absolute(post_address(about.address, post.number)),
        )
