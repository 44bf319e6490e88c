"""Editing a discussion's title and topics."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import WRITING, limiter
from network.discussions import actions, rules
from network.discussions.forms import EditDiscussionForm
from network.discussions.pages import find, place
from network.discussions.views import PAGE, area
from network.vocabulary.queries import topic_choices


@area.route(f"{PAGE}/edit", methods=["GET", "POST"], access=members)
@limiter.limit(WRITING, methods=["POST"])
def edit(slug: str, number: int, words: str) -> Any:
    """For its author; the words below are edited with the post."""
    found = find(slug, number)
    if not rules.may_edit(g.viewer, found.head.author_id, found.head.withdrawn_at):
        abort(403, description="Only its author can edit this.")
    typed = ", ".join(filed.name for filed in found.head.filed)
    form = EditDiscussionForm(data={"title": found.head.title, "topics": typed})
    if form.validate_on_submit():
        with transaction():
            changed = actions.edit_as(
                viewer=g.viewer,
                discussion_id=found.head.id,
                title=form.title.data or "",
                topic_ids=form.filing.topic_ids,
                tags=form.filing.words,
            )
        say("Your changes are saved")
        return redirect(f"{found.group.address}/discussions/{changed.number}-{changed.slug}", 303)
    return render_template("discussions/edit.html", form=form, found=found, place=place(found), topics=topic_choices())
