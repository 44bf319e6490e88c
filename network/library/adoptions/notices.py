"""The mails about use: how did it go, a change of the guide that matters, that it was withdrawn, and a colleague who
said that the use ended.

None is an answer to something its reader just did, so each can be stopped with one press (RFC 8058).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select

from network.core.db import db
from network.core.mail.message import queue_mail
from network.core.mail.stopping import one_press
from network.core.web.addresses import absolute
from network.groups.viewers import viewer_of
from network.library.adoptions.links import answer_link, stop_link
from network.library.adoptions.models import RESULTS, Adoption, AdoptionReporter
from network.library.adoptions.rules import Report, speaks_for
from network.library.models import Guide
from network.library.queries.visible import visible_to
from network.people.mailing import email_of
from network.people.models import Person
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group


class Told(NamedTuple):
    """What a new version of a guide changed."""

    title: str
    slug: str
    version: int
    note: str
    author: str


def reader(adoption: Adoption, person_id: int) -> str | None:
    """The address to write to, of somebody who may still read the guide and still works where it is used."""
    return _address(adoption, person_id, visible_to)


def reader_of_withdrawn(adoption: Adoption, person_id: int) -> str | None:
    """The same for a guide that nobody can read any more: they may still know of it."""
    return _address(adoption, person_id, lambda viewer: in_readable_group(Guide.group_id, viewer))


def _address(adoption: Adoption, person_id: int, known: Callable[[Viewer], ColumnElement[bool]]) -> str | None:
    viewer = viewer_of(person_id)
    if not viewer.signed_in or not speaks_for(viewer, Report(adoption.organisation_id, adoption.alone_id)):
        return None
    if db.session.scalar(select(Guide.id).where(Guide.id == adoption.guide_id, known(viewer))) is None:
        return None
    return email_of(person_id)


def mail_question(adoption: Adoption, person_id: int, email: str, guide: Guide) -> None:
    """Queue the question how it went, in the open transaction. `asked_at` is set."""
    if adoption.asked_at is None:
        raise ValueError("set asked_at first")
    link = answer_link(person_id, adoption, adoption.asked_at)
    queue_mail(
        email,
        f"How did it go with “{guide.title}”?",
        "library/how_did_it_go",
        urgent=False,
        title=guide.title,
        guide=absolute(f"/library/{guide.slug}"),
        organisation=adoption.organisation_name,
        since=f"{adoption.month:%B %Y}",
        answers=[(f"{link}?went={result}", words) for result, words in RESULTS.items()],
        ended=absolute(f"/library/{guide.slug}/use/stop"),
        **_stopping(adoption, person_id),
    )


def mail_change(adoption: Adoption, person_id: int, email: str, told: Told) -> None:
    """Queue what changed, in the open transaction."""
    guide = absolute(f"/library/{told.slug}")
    queue_mail(
        email,
        f"“{told.title}” has changed",
        "library/change_matters",
        urgent=False,
        told=told,
        guide=guide,
        organisation=adoption.organisation_name,
        comparison=f"{guide}/history/compare?from={told.version - 1}&to={told.version}",
        **_stopping(adoption, person_id),
    )


def mail_withdrawal(
    adoption: Adoption,
    person_id: int,
    email: str,
    *,
    title: str,
    slug: str,
    by_owner: bool,
    reason: str,
    successor: tuple[str, str] | None,
) -> None:
    """Queue why it was withdrawn and what replaces it, in the open transaction. `successor` is title and slug."""
    queue_mail(
        email,
        f"“{title}” has been withdrawn",
        "library/withdrawn",
        urgent=False,
        title=title,
        guide=absolute(f"/library/{slug}"),
        by_owner=by_owner,
        reason=reason,
        organisation=adoption.organisation_name,
        successor=(successor[0], absolute(f"/library/{successor[1]}")) if successor else None,
        **_stopping(adoption, person_id),
    )


def tell_colleagues(adoption: Adoption, guide: Guide, person_id: int) -> None:
    """Queue that somebody said for all that the use ended, to the others who reported it, in the open transaction."""
    others = select(AdoptionReporter.person_id).where(
        AdoptionReporter.adoption_id == adoption.id,
        AdoptionReporter.person_id != person_id,
        AdoptionReporter.mails.is_(True),
    )
    for other_id in db.session.scalars(others.order_by(AdoptionReporter.created_at)).all():
        if email := reader(adoption, other_id):
            _mail_end(adoption, other_id, email, guide, db.session.get_one(Person, person_id).name)


def _mail_end(adoption: Adoption, person_id: int, email: str, guide: Guide, name: str) -> None:
    address = absolute(f"/library/{guide.slug}")
    queue_mail(
        email,
        f"{name} says that you stopped using “{guide.title}”",
        "library/use_ended",
        urgent=False,
        name=name,
        title=guide.title,
        guide=address,
        organisation=adoption.organisation_name,
        still=f"{address}/use",
        **_stopping(adoption, person_id),
    )


def _stopping(adoption: Adoption, person_id: int) -> dict[str, Any]:
    stop = stop_link(person_id, adoption)
    return {"stop": stop, "headers": one_press(stop)}
