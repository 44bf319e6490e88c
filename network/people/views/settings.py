"""The settings: an overview, and the profile to edit."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request

from network.core.stale import ChangedMeanwhile
from network.core.text.markdown import render
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.organisations.queries import organisations_of_email
from network.people import actions, queries
from network.people.forms import ProfileForm
from network.people.handles import is_taken
from network.people.views import area
from network.people.vocabulary import words_of
from network.vocabulary.queries import all_topics, topic_tree

NONE = (0, "None, or not in the list")


@area.get("/settings", access=members)
def settings() -> Any:
    """What can be changed, and how it stands."""
    g.keep_nothing = True
    return render_template("people/settings/overview.html", own=queries.own_profile(g.viewer.person_id))


@area.route("/settings/profile", methods=["GET", "POST"], access=members)
@limit_writing
def edit_profile() -> Any:
    """What colleagues see of me."""
    g.keep_nothing = True
    own = queries.own_profile(g.viewer.person_id)
    form = _form(own)
    comparison = None
    if form.validate_on_submit():
        handle = form.handle.data or ""
        if handle != own.handle and is_taken(handle, by_other_than=g.viewer.person_id):
            form.handle.errors = ["Somebody already uses this address. Choose another"]
        else:
            try:
                _save(form, own)
            except ChangedMeanwhile as other:
                comparison = form.show_both(other.stored, "You saved your profile from somewhere else")
            else:
                say("Your profile is saved")
                return redirect(f"/people/{handle}", 303)
    choose = request.args.get("choose", "")  # Which folded list a link leads to.
    page = render_template("people/settings/profile.html", form=form, own=own, comparison=comparison, choose=choose)
    return page, 200 if comparison is None else 409


def _form(own: queries.OwnProfile) -> ProfileForm:
    person_id = g.viewer.person_id
    form = ProfileForm(queries.profile_words(person_id))
    topics = [(topic.id, topic.name) for branch in topic_tree() for topic in (branch.topic, *branch.under)]
    form.help_topics.choices = form.interest_topics.choices = topics
    form.organisation.choices = [NONE, *organisations_of_email(own.email)]
    form.former.choices = [(handle, f"/people/{handle}") for handle, _ in queries.former_handles(person_id)]
    return form


def _save(form: ProfileForm, own: queries.OwnProfile) -> None:
    person_id = g.viewer.person_id
    about = form.about.data or ""
    html = render(about, heading_offset=1, id_prefix="about-").html if about.strip() else ""
    names = {topic.id: topic.name for topic in all_topics()}
    with transaction():
        actions.require_profile_unchanged(person_id, form.base.data or "")
        actions.update_profile(
            person_id,
            name=form.name.data,
            job_title=form.job_title.data or "",
            place=form.place.data or "",
            about=about,
            about_html=html,
            asks_a_month=form.asks_a_month.data,
            show_email=bool(form.show_email.data),
        )
        actions.set_skills(
            person_id,
            can_help_with=[*(names[one] for one in form.help_topics.data or ()), *words_of(form.help_words.data)],
            interests=[*(names[one] for one in form.interest_topics.data or ()), *words_of(form.interest_words.data)],
        )
        actions.set_organisation(
            person_id,
            form.organisation.data or None,
            allowed=[one for one, _ in organisations_of_email(own.email)],
        )
        actions.set_former_handles(person_id, form.former.data or ())
        actions.change_handle(person_id, form.handle.data or "")
