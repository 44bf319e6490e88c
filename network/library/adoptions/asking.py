"""Three months after somebody began to use a guide and has not said how it went, its reporters are asked, once.

That they were asked and the mails are kept together, so nobody is asked twice. Whoever answers “too early” is asked
again three months later.
"""

from __future__ import annotations

from sqlalchemy import select

from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.library.adoptions.models import OPEN_RESULTS, Adoption, AdoptionReporter
from network.library.adoptions.notices import mail_question, reader
from network.library.models import Guide

AT_A_TIME = 50


def ask_due() -> None:
    """Scheduled: ask whoever it is time for, a few in each transaction."""
    while True:
        with transaction():
            due = db.session.scalars(
                select(Adoption)
                .where(Adoption.ask_at <= now())
                .order_by(Adoption.ask_at, Adoption.id)
                .limit(AT_A_TIME)
                .with_for_update()
            ).all()
            for adoption in due:
                _ask(adoption)
        if len(due) < AT_A_TIME:
            return


def _ask(adoption: Adoption) -> None:
    """Ask all its reporters. Where nobody can be asked any more, nothing waits for an answer."""
    adoption.ask_at = None
    if adoption.stopped_on is not None or adoption.result not in OPEN_RESULTS:
        return
    people = db.session.scalars(
        select(AdoptionReporter.person_id)
        .where(AdoptionReporter.adoption_id == adoption.id, AdoptionReporter.mails.is_(True))
        .order_by(AdoptionReporter.created_at)
    ).all()
    readers = [(person_id, email) for person_id in people if (email := reader(adoption, person_id))]
    if not readers:
        return
    adoption.asked_at = now()
    guide = db.session.get_one(Guide, adoption.guide_id)
    for person_id, email in readers:
        mail_question(adoption, person_id, email, guide)
