"""Editing a discussion's title and topics."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import abort, g, redirect, render_template, request

from network.accounts.begun import brought_back, forget_sent, looks_again, show_again
from network.core.stale import ChangedMeanwhile, fingerprint
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.discussions import actions, rules
from network.discussions.forms import EditDiscussionForm
from network.discussions.models import Discussion
from network.discussions.pages import Found, find, place
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
    stored = filed_words(found.head.id)
    form = EditDiscussionForm(stored)
    if request.method == "POST":
        return redirect(_saved(form, found), 303)
    looks_again(form)
    comparison = None
    if brought_back() and form.base.data != fingerprint(stored):
        comparison = form.show_both(stored, "You saved this from somewhere else")
    return render_template(
        "discussions/edit.html",
        form=form,
        found=found,
        place=place(found),
        topics=topic_choices(),
        comparison=comparison,
    )


def _saved(form: EditDiscussionForm, found: Found) -> str:
    """Where to go on: to the discussion, or to what has to be looked at first."""
    if form.validate_on_submit():
        with suppress(ChangedMeanwhile):
            changed = _save(form, found)
            say("Your changes are saved")
            return f"{found.group.address}/discussions/{changed.number}-{changed.slug}"
    return show_again(f"{found.address}/edit")


def _save(form: EditDiscussionForm, found: Found) -> Discussion:
    with transaction():
        forget_sent(f"{found.address}/edit", form)
        return actions.edit_as(
            viewer=g.viewer,
            discussion_id=found.head.id,
            base=form.base.data or "",
            title=form.title.data or "",
            topic_ids=form.filing.topic_ids,
            tags=form.filing.words,
        )
