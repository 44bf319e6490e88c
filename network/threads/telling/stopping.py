"""The link in a mail that stops mails about posts addressed to somebody: signed, so that it needs no sign-in."""

from __future__ import annotations

from sqlalchemy import delete

from network.core.db import db
from network.core.once import add_once
from network.core.signed import read_signed, sign
from network.core.web.addresses import absolute
from network.people.models import Person
from network.threads.telling.models import PostMute

KIND = "replies-stop"


def stop_address(person_id: int) -> str:
    """Where one person stops these mails."""
    return absolute(f"/replies/stop/{sign(KIND, [person_id])}")


def read_stop(token: str) -> int | None:
    """Whose link it is; None for anything that we did not sign."""
    content = read_signed(KIND, token)
    return int(content[0]) if content is not None else None


def mute(*, person_id: int, muted: bool) -> None:
    """Stop the mails, or have them again; nothing for somebody who is gone. In the open transaction."""
    if muted:
        if db.session.get(Person, person_id) is not None:
            add_once(PostMute, person_id=person_id)
        return
    db.session.execute(delete(PostMute).where(PostMute.person_id == person_id))


def is_muted(person_id: int) -> bool:
    """Does the person want none of these mails?"""
    return db.session.get(PostMute, person_id) is not None
