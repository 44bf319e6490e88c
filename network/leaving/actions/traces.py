"""What is only about the person goes, with everything that names them in rows that stay."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import Column, Update, delete, select, update

from network.attachments.actions import detach_all
from network.core.db import Base, db
from network.core.idempotency import IdempotencyKey
from network.core.transaction import after_commit
from network.discussions.models import Discussion
from network.library.collections.models import Collection
from network.library.incoming.files import forget as forget_folder
from network.library.incoming.models import ImportJob
from network.people.models import FORMER_MEMBER, FormerHandle, Person

STAYS = frozenset(("guide_co_authors", "adoptions", "former_handles"))
"""Rows that would go with the person, but are told to others: credits, what was said of a use, and used handles."""


def own_columns() -> list[Column[Any]]:
    """The columns of tables whose rows are one person's own: those that the database would delete with the person.

    What only mentions somebody is set to nobody there. So each table says once what it is, where it is declared.
    """
    return [
        column
        for table in Base.metadata.sorted_tables
        if table.name not in STAYS
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == Person.__tablename__ and key.ondelete == "CASCADE"
    ]


def forget(person: Person) -> None:
    """Delete what is theirs alone: searches, feeds, unfinished edits, reminders, skills and the like."""
    for folder in db.session.scalars(select(ImportJob.folder).where(ImportJob.person_id == person.id)):
        after_commit(partial(forget_folder, folder))  # What is missed is swept a day later.
    for column in own_columns():
        db.session.execute(delete(column.table).where(column == person.id))
    db.session.execute(delete(IdempotencyKey).where(IdempotencyKey.owner == str(person.id)))
    detach_all(subject="person", subject_id=person.id)
    _be_nobodys(update(Discussion).where(Discussion.asked_person_id == person.id).values(asked_person_id=None))
    _be_nobodys(update(Collection).where(Collection.keeper_id == person.id).values(keeper_id=None))


def empty(person: Person, credit: str | None) -> None:
    """Leave the bare row, so that what others read still has an author. No handle that they had is given again."""
    kept = update(FormerHandle).where(FormerHandle.person_id == person.id)
    _be_nobodys(kept.values(person_id=None, leads_on=False))
    if person.handle is not None:
        db.session.add(FormerHandle(handle=person.handle, person_id=None, leads_on=False))
    person.account_id = person.handle = person.photo = person.organisation_id = None
    person.name, person.credit = FORMER_MEMBER, credit
    person.job_title = person.place = person.about = person.about_html = person.sought = ""
    person.organisation_confirmed = person.show_email = False
    person.guide_count = person.accepted_count = person.asks_a_month = 0
    person.revision += 1
    db.session.flush()


def handles_of(person: Person) -> list[str]:
    """The handles that somebody has and had."""
    former = db.session.scalars(select(FormerHandle.handle).where(FormerHandle.person_id == person.id))
    return [*([person.handle] if person.handle else []), *former]


def _be_nobodys(statement: Update) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))
