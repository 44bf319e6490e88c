"""Stopping mails about a use."""

from __future__ import annotations

from sqlalchemy import update

from network.core.db import db
from network.library.adoptions.models import AdoptionReporter


def mute(*, adoption_id: int, person_id: int) -> None:
    """Write to this person about this use no more."""
    mine = (AdoptionReporter.adoption_id == adoption_id, AdoptionReporter.person_id == person_id)
    db.session.execute(update(AdoptionReporter).where(*mine).values(mails=False))
