"""What the page of a suggestion, and the script that saves it, work on: the form, what it began from, the part."""

from __future__ import annotations

from typing import NamedTuple

from flask import abort, g, request

from network.accounts.begun import forget_begun
from network.core.transaction import transaction
from network.core.web.forms import creating
from network.library.actions import editing, rows
from network.library.composing import pages
from network.library.queries.found import FoundGuide
from network.library.queries.history import VersionText, version_text
from network.library.queries.writing import Text, text_of
from network.library.suggestions import actions
from network.library.suggestions.actions import Proposal
from network.library.suggestions.forms import SuggestForm
from network.library.suggestions.merging import merged
from network.library.suggestions.models import Suggestion
from network.library.suggestions.passages import Passage, passage
from network.library.suggestions.queries import Suggested, draft_of, sent_before


class Writing(NamedTuple):
    """A suggestion being written. `section` is the part that is shown alone, None for the whole guide.

    `draft` is what was saved of this part, `other` what was saved of another part.
    """

    found: FoundGuide
    form: SuggestForm
    base: VersionText
    section: Passage | None
    draft: Suggested | None
    other: Suggested | None

    @property
    def place(self) -> str:
        """Where the script of the page saves, and one page's memory of that."""
        return f"{self.found.address}/suggest"

    @property
    def seen(self) -> str:
        """When the newest draft that the page knows of was saved."""
        form = self.form
        return pages.seen(form.idempotency_key.data or "", g.viewer, self.place, (form.kept_at.data or "").strip())

    def proposal(self) -> Proposal:
        """What the form holds."""
        form, base = self.form, self.base
        typed, why, section = form.body.data or "", form.why.data or "", form.section.data or ""
        if self.section:
            return Proposal(base.number, base.title, base.summary, self.section.put(typed), why, section)
        return Proposal(base.number, form.title.data or "", form.summary.data or "", typed, why, section)


def writing(found: FoundGuide) -> Writing:
    """The viewer's suggestion for the part that is asked for: begun before, sent now, or new."""
    asked = request.values.get("section", "")
    kept = draft_of(found.id, g.viewer.person_id)
    draft = kept if kept and kept.section == asked else None
    form = _form(found, draft)
    base = version_of(found, form.base_number())
    section = passage(base.body, asked)
    form.section.data = asked if section or draft else ""
    _narrow(form, section, draft)
    other = kept if kept and kept.section != form.section.data else None
    return Writing(found, form, base, section, draft, other)


def version_of(found: FoundGuide, number: int) -> VersionText:
    """The version that a suggestion began from."""
    text = version_text(found.id, number if 0 < number <= found.version else found.version)
    if text is None:
        abort(404)
    return text


def anything(work: Writing) -> bool:
    """Whether there is anything to keep yet. A reason alone is, but nothing that was sent already: a browser may fill
    that in again, whole or in part, when Back leads to the page that sent it.
    """
    words = work.proposal()
    changed = bool(merged(work.base, work.base, words).keys)
    kept = words._asdict() if changed else {"why": words.why}
    return (changed or bool(words.why)) and not sent_before(work.found.id, g.viewer.person_id, **kept)


def keep(work: Writing) -> Suggestion:
    """Save it as the viewer's draft. Raises OtherDraft, DraftElsewhere, Overtaken."""
    page = work.form.idempotency_key.data or ""
    with transaction():
        rows.guide_to_change(work.found.id)  # So that two saves of one page are looked at one after the other.
        pages.require_turn(page, g.viewer)
        kept = actions.keep(viewer=g.viewer, guide_id=work.found.id, proposal=work.proposal(), seen=work.seen)
        if g.viewer.has_kept:  # Beside what another window had saved, until now.
            forget_begun(work.place, page)
        pages.remember_save(page, g.viewer, work.place, kept.updated_at.isoformat())
    return kept


def take_over(work: Writing) -> None:
    """Make of it the unfinished edit of somebody who may edit the guide by now, once for a page.

    Raises EditElsewhere, changing nothing, when they have one already.
    """
    found, words = work.found, work.proposal()
    with creating(work.form) as made:
        editing.keep_edit(
            viewer=g.viewer,
            guide_id=found.id,
            base_version=words.base_version,
            fields={"title": words.title, "summary": words.summary, "body": words.body, "note": words.why},
            seen="",
        )
        # One that was saved by another window is left alone.
        if work.draft and work.draft.updated_at.isoformat() == work.seen:
            actions.discard(viewer=g.viewer, guide_id=found.id)
        made.address = f"{found.address}/edit"


def _form(found: FoundGuide, draft: Suggested | None) -> SuggestForm:
    text: Suggested | Text = draft or text_of(found.id)
    return SuggestForm(
        data={
            "title": text.title,
            "summary": text.summary,
            "body": text.body,
            "why": draft.why if draft else "",
            "base": str(draft.base_version if draft else found.version),
            "kept_at": draft.updated_at.isoformat() if draft else "",
        }
    )


def _narrow(form: SuggestForm, section: Passage | None, draft: Suggested | None) -> None:
    """Only a section's own text in the box; title and summary stay as they are."""
    if section is None:
        return
    del form.title, form.summary
    form.body.label.text = "Section"
    before = section.within(draft.body) if draft else section.text
    form.body.object_data = before.rstrip("\n")
    if request.method == "GET" and g.get("typed_before") is None:
        form.body.data = form.body.object_data
