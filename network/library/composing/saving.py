"""Keeping what is half written: a new guide becomes a draft, a draft is saved, an edit is kept. Nothing is published.

Used alike by the script that saves by itself, and by the buttons that put a picture in or show the text. What breaks a
rule of the form gives way to what was stored, so that everything else is kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from flask import g
from sqlalchemy.exc import IntegrityError

from network.accounts.begun import forget_begun
from network.attachments.pictures import Stored
from network.core.clock import now
from network.core.idempotency import new_key
from network.core.transaction import transaction
from network.core.web.fields import whole_number
from network.library.actions import drafting, editing, rows
from network.library.composing import pages
from network.library.composing.actions import add_picture
from network.library.forms.writing import GuideForm
from network.library.lineage.actions import set_source
from network.library.models import Guide
from network.library.queries.found import FoundGuide
from network.library.queries.writing import BEGUN_AT, text_of


class TooLate(Exception):
    """The form was sent by a button already; what a script sends after that must not bring its text back."""


class Kept(NamedTuple):
    """Where the text lies, by its address and the guide's id; the state that the page must begin from next."""

    address: str
    guide_id: int
    state: str
    at: datetime
    given_way: list[str]


def keep_new(form: GuideForm, picture: Stored | None = None, *, pressed: bool = False) -> Kept:
    """Make a draft of what stands in the form of a new guide. `pressed` when a button asks for it, and no script.

    Raises TooLate when another save of the same page was quicker by a moment.
    """
    try:
        return _begin(form, picture, pressed)
    except IntegrityError:  # Where writers do not queue, the second meets the first at its commit.
        if pages.last_save(form.idempotency_key.data or "", g.viewer) is None:
            raise
        raise TooLate from None


def _begin(form: GuideForm, picture: Stored | None, pressed: bool) -> Kept:
    given_way, moment = form.settle(), now()
    content = form.content()
    with transaction():
        _in_time(form, picture, pressed)
        before = pages.last_save(form.idempotency_key.data or "", g.viewer)
        if before is not None and (before.draft_id or not pressed):
            raise TooLate  # Two saves of one page at the same moment.
        guide = drafting.create_draft(
            viewer=g.viewer,
            content=content,
            owner=form.chosen_owner(),
            group_id=form.chosen_group(),
            co_author_ids=form.co_author_ids,
            check_due=form.chosen_check_due(),
            check_months=form.chosen_period(),
            at=moment,
        )
        keep_source(form, guide)
        return _kept(form, f"/drafts/{guide.id}", guide.id, str(guide.revision), moment, given_way, picture)


def keep_draft(form: GuideForm, found: FoundGuide, picture: Stored | None = None, *, pressed: bool = False) -> Kept:
    """Save a draft. Raises DraftChanged when it is newer than what the page has seen."""
    given_way, moment = form.settle(), now()
    content = form.content(before=None if "licence" in form else text_of(found.id))
    with transaction():
        rows.guide_to_change(found.id)  # So that two saves of one page are looked at one after the other.
        _in_time(form, picture, pressed)
        guide = drafting.save_draft(
            viewer=g.viewer, guide_id=found.id, content=content, at=moment, **draft_arguments(form, found)
        )
        keep_source(form, guide)
        return _kept(form, found.address, guide.id, str(guide.revision), moment, given_way, picture)


def keep_edit(
    form: GuideForm,
    found: FoundGuide,
    picture: Stored | None = None,
    *,
    pressed: bool = False,
    begun_at: str = "",
    answers: bool = False,
) -> Kept:
    """Keep an unfinished edit. Raises EditElsewhere when a newer one is kept than the page has seen.

    `begun_at` as in KeptEdit, `answers` as in the action.
    """
    given_way = form.settle()
    with transaction():
        rows.guide_to_change(found.id)
        _in_time(form, picture, pressed)
        moment = editing.keep_edit(
            viewer=g.viewer,
            guide_id=found.id,
            base_version=min(number_of(form.base.data), found.version),
            fields=form.as_kept() | ({BEGUN_AT: begun_at} if begun_at else {}),
            seen=seen_edit(form, found),
            answers=answers,
        )
        return _kept(form, f"{found.address}/edit", found.id, moment.isoformat(), moment, given_way, picture)


def draft_arguments(form: GuideForm, found: FoundGuide) -> dict[str, Any]:
    """What `save_draft` asks beside the content."""
    page = form.idempotency_key.data or ""
    return {
        "base": number_of(pages.seen(page, g.viewer, found.address, form.base.data or "")),
        "owner": form.chosen_owner(),
        "group_id": form.chosen_group() if "group" in form else found.standing.group_id,
        "co_author_ids": form.co_author_ids if "co_authors" in form else None,
        "check_due": form.chosen_check_due(),
        "check_months": form.chosen_period(),
    }


def keep_source(form: GuideForm, guide: Guide) -> None:
    """What the guide is made from, as far as the form asks for it; in the open transaction that saves the guide."""
    if "adapted_from" in form:
        set_source(viewer=g.viewer, guide=guide, source_id=form.source_id)


def seen_edit(form: GuideForm, found: FoundGuide) -> str:
    """When the newest unfinished edit that the page knows of was kept."""
    return pages.seen(
        form.idempotency_key.data or "", g.viewer, f"{found.address}/edit", (form.kept_at.data or "").strip()
    )


def number_of(text: str | None) -> int:
    """The state that the writer began from; one that cannot be read is one that does not exist."""
    return whole_number(text, -1)


def _in_time(form: GuideForm, picture: Stored | None, pressed: bool) -> None:
    """What comes by a button from a page that was sent before is not late, but another sending."""
    page = form.idempotency_key.data or ""
    if not pressed:
        pages.require_turn(page, g.viewer)
    if not pressed and pages.was_sent(page):
        form.lead_on()
        if picture is None:
            raise TooLate
        form.idempotency_key.data = new_key()


def _kept(
    form: GuideForm, address: str, guide_id: int, state: str, at: datetime, given_way: list[str], picture: Stored | None
) -> Kept:
    if picture is not None:
        add_picture(viewer=g.viewer, guide_id=guide_id, stored=picture, at=at)
        # Sent by a button: the same press again is led to what the first one made.
        form.was_used(address)
    if g.viewer.has_kept:  # Beside what somebody else had saved, until now.
        forget_begun(address, form.idempotency_key.data)
    pages.remember_save(form.idempotency_key.data or "", g.viewer, address, state)
    return Kept(address, guide_id, state, at, given_way)
