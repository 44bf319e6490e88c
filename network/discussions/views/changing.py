"""Editing a discussion's title and topics."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.stale import ChangedMeanwhile
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.discussions import actions, rules
from network.discussions.forms import EditDiscussionForm
from network.discussions.models import Discussion
from network.discussions.pages import find, place
from network.discussions.queries import filed_words
from network.discussions.views import PAGE, area
from network.vocabulary.queries import topic_choices


@area.route(f"{PAGE}/edit", methods=["GET", "POST"], access=members)
@limit_writing
def edit(slug: str, number: int, words: str) -> Any:
    """For its author; the words below are edited with the post."""
    found = find(slug, number)
    if not rules.may_edit(g.viewer, found.head.author_id, found.head.withdrawn_at):
        abort(403, description="Only its author can edit this.")
    form = EditDiscussionForm(filed_words(found.head.id))
    comparison = None
    if form.validate_on_submit():
        try:
            changed = _save(form, found.head.id)
        except ChangedMeanwhile as other:
            comparison = form.show_both(other.stored, "You saved this from somewhere else")
        else:
            say("Your changes are saved")
            return redirect(f"{found.group.address}/discussions/{changed.number}-{changed.slug}", 303)
    page = render_template(
        "discussions/edit.html",
        form=form,
        found=found,
        place=place(found),
        topics=topic_choices(),
        comparison=comparison,
    )
    return page, 200 if comparison is None else 409


def _save(form: EditDiscussionForm, discussion_id: int) -> Discussion:
    with transaction():
        return actions.edit_as(
            viewer=g.viewer,
            discussion_id=discussion_id,
            base=form.base.data or "",
            title=form.title.data or "",
            topic_ids=form.filing.topic_ids,
            tags=form.filing.words,
        )
