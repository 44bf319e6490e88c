"""Where a thread stands: what the feature that owns the page tells its thread, so that one set of pages serves all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from network.threads.addresses import post_address
from network.threads.models import Post


@dataclass(frozen=True)
class Words:
    """What posts are called in this place."""

    box: str
    send: str
    sent: str
    thing: str


REPLY = Words(box="Your reply", send="Post reply", sent="Your reply is posted", thing="reply")
COMMENT = Words(box="Your comment", send="Post comment", sent="Your comment is posted", thing="comment")


@dataclass(frozen=True)
class Place:
    """The page on which a thread stands, as this viewer meets it.

    `address` is the page's path; below it the feature routes `/reply` and `/posts/<number>/edit|history|withdraw` to
    the views of this package. `trail` leads to it (breadcrumbs, the page itself last, with its address). `add` and
    `changed` are called inside the transaction: the first posts for this viewer, the second follows an edit or
    a withdrawal. `warning(number)` is a sentence on the page that confirms a withdrawal.
    """

    address: str
    title: str
    thread_id: int | None
    trail: Sequence[Mapping[str, str]]
    audience: str
    may_post: bool
    keeps_order: bool
    add: Callable[[str, str], Post]
    changed: Callable[[Post], None]
    words: Words = REPLY
    warning: Callable[[int], str] = lambda _number: ""

    def post(self, number: int) -> str:
        """The permanent address of a post here."""
        return post_address(self.address, number)
