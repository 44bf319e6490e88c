"""Keeping the glossary."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.text.folding import folded
from network.subjects.rules import require
from network.subjects.viewer import Viewer
from network.vocabulary.glossary.models import GlossaryEntry
from network.vocabulary.glossary.queries import GLOSSARY, entry_of
from network.vocabulary.glossary.rules import ONLY, may_keep


class TermTaken(Exception):
    """Another entry has this term."""


class ChangedMeanwhile(Exception):
    """Somebody else changed or retired the entry while this one was being written."""


def add_entry(*, viewer: Viewer, term: str, ways: Sequence[str], meaning: str) -> GlossaryEntry:
    """A new entry. Raises TermTaken."""
    require(may_keep(viewer), ONLY)
    if entry_of(term) is not None:
        raise TermTaken(term)
    row = GlossaryEntry(
        term=term,
        folded=folded(term),
        ways=list(ways),
        meaning=meaning,
        added_by_id=viewer.person_id,
        changed_by_id=viewer.person_id,
    )
    db.session.add(row)
    _keep(row)
    record("glossary.add", actor_id=viewer.person_id, subject="glossary", subject_id=row.id)
    return row


def change_entry(
    *, viewer: Viewer, entry_id: int, revision: int, term: str, ways: Sequence[str], meaning: str
) -> GlossaryEntry:
    """Other words for an entry that still has this revision. Raises ChangedMeanwhile and TermTaken."""
    require(may_keep(viewer), ONLY)
    row = _in_use(entry_id)
    if row.revision != revision:
        raise ChangedMeanwhile(entry_id)
    if entry_of(term) not in (None, entry_id):
        raise TermTaken(term)
    row.term, row.folded, row.ways, row.meaning = term, folded(term), list(ways), meaning
    row.revision += 1
    row.changed_by_id, row.changed_at = viewer.person_id, now()
    _keep(row)
    record("glossary.change", actor_id=viewer.person_id, subject="glossary", subject_id=row.id)
    return row


def retire_entry(*, viewer: Viewer, entry_id: int) -> None:
    """Take an entry out of the glossary and out of search. Raises ChangedMeanwhile when somebody else just did."""
    require(may_keep(viewer), ONLY)
    row = _in_use(entry_id)
    row.retired_at = row.changed_at = now()
    row.changed_by_id = viewer.person_id
    _keep(row)
    record("glossary.retire", actor_id=viewer.person_id, subject="glossary", subject_id=row.id)


def _in_use(entry_id: int) -> GlossaryEntry:
    row = db.session.get(GlossaryEntry, entry_id, with_for_update=True)
    if row is None or row.retired_at is not None:
        raise ChangedMeanwhile(entry_id)
    return row


def _keep(row: GlossaryEntry) -> None:
    try:
        db.session.flush()
    except IntegrityError as error:  # Two people chose the term at the same moment.
        raise TermTaken(row.term) from error
    GLOSSARY.changed()
