"""The mail that gathers the guides that somebody is asked to check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from network.core.mail.message import queue_mail
from network.core.mail.stopping import one_press
from network.core.web.addresses import absolute
from network.core.web.templating import day
from network.library.checking.stopping import stop_address
from network.library.checks import today
from network.people.mailing import email_of

SHOWN = 20


class Due(NamedTuple):
    """A guide that should be checked by a day, or should have been. Who may not check it is only told."""

    id: int
    title: str
    slug: str
    due: date
    flagged: bool
    may_check: bool


def mail_due(person_id: int, guides: Sequence[Due]) -> None:
    """Queue the mail, in the open transaction; the longest overdue come first."""
    shown, stop = guides[:SHOWN], stop_address(person_id, [one.id for one in guides[:200]])
    queue_mail(
        email_of(person_id),
        _subject(guides),
        "library/checks_due",
        urgent=False,
        headers=one_press(stop),
        guides=[_item(one, person_id) for one in shown],
        more=len(guides) - len(shown),
        mine=absolute("/checks"),
        stop=stop,
    )


def _subject(guides: Sequence[Due]) -> str:
    if len(guides) == 1:
        return f"Is “{guides[0].title}” still right?"
    return f"{len(guides)} guides need a check"


def _item(one: Due, person_id: int) -> dict[str, str]:
    late = one.due < today()
    words = f"The check was due on {day(one.due)}" if late else f"The check is due on {day(one.due)}"
    return {
        "title": one.title,
        "words": (f"{words}. Nobody is left who answers for it" if not one.may_check else words)
        + (". Somebody says that it is out of date" if one.flagged else ""),
        "address": absolute(f"/library/{one.slug}{'/check' if one.may_check else ''}"),
        "stop": stop_address(person_id, [one.id]),
    }
