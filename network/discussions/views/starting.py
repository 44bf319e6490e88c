"""Asking a question, starting a discussion, announcing something."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.accounts.begun import begun_at, forget_sent, looks_again, plain, show_again
from network.core.text.markdown import Rendered
from network.core.text.personal import Question
from network.core.text.plain import excerpt
from network.core.web.access import members
from network.core.web.forms import SENT_BEFORE, creating, say
from network.core.web.limits import limit_writing
from network.discussions import actions, rules
from network.discussions.forms import LONGEST_TITLE, AskForm, StartForm
from network.discussions.models import KINDS, Discussion
from network.discussions.pages import audience
from network.discussions.queries import groups_to_choose
from network.discussions.queries.reading import just_started, person_to_ask
from network.discussions.views import area
from network.groups.pages import find_group_inside
from network.groups.queries import can_read
from network.subjects.finding import similar
from network.subjects.registry import Card
from network.threads.advising import advise
from network.threads.forms import LEAVE_OUT, to_ask_about
from network.threads.writing import render_post
from network.vocabulary.queries import topic_choices

LONGEST_BEGUN = 500
SENT = {
    "question": "Your question is asked",
    "discussion": "Your discussion is started",
    "announcement": "Your announcement is posted",
}


@area.route("/groups/<slug>/discussions/new", methods=["GET", "POST"], access=members)
@limit_writing
def start(slug: str) -> Any:
    """In one group; `?kind=` says what it is to be."""
    group = find_group_inside(slug)
    kind = request.args.get("kind", "discussion")
    if kind not in KINDS or not rules.may_start(g.viewer, kind, group.id, group.openness):
        abort(403 if kind == "announcement" else 404)
    form = StartForm(data=_prefilled())
    if form.validate_on_submit() and (rendered := _ready(form)):
        return redirect(_create(form, kind, group.id, rendered, None), 303)
    if request.method == "POST":
        return redirect(show_again(request.full_path), 303)
    rendered = render_post(form.body.data or "") if looks_again(form) else None
    return _page(form, kind, rendered, audience(group), group=group)


@area.route("/ask", methods=["GET", "POST"], access=members)
@limit_writing
def ask() -> Any:
    """In a group that is chosen here, “Ask anyone” at first. `?person=` names somebody; `title` and `body` begin it."""
    kind = "discussion" if request.args.get("kind") == "discussion" else "question"
    choices = groups_to_choose(g.viewer)
    form = AskForm(data={**_prefilled(), "person": request.args.get("person", "")[:60]})
    form.group.choices = [(str(group_id), name) for group_id, name, _ in choices]
    person = person_to_ask(form.person.data or "")
    if form.validate_on_submit() and _reaches(form, person) and (rendered := _ready(form)):
        return redirect(_create(form, kind, int(form.group.data), rendered, person), 303)
    if request.method == "POST":
        return redirect(show_again(request.full_path), 303)
    looks = looks_again(form) and _reaches(form, person)
    rendered = render_post(form.body.data or "") if looks else None
    chosen = next((row for row in choices if str(row[0]) == form.group.data), None)
    return _page(form, kind, rendered, _audience(chosen), person=person)


def _ready(form: StartForm) -> Rendered | None:
    """The text laid out; None when it is to be looked at before others read it."""
    rendered = render_post(form.body.data or "")
    return None if "preview" in request.form or _asked(form, rendered) else rendered


def _create(form: StartForm, kind: str, group_id: int, rendered: Rendered, person: tuple[int, str] | None) -> str:
    title, body = form.title.data or "", form.body.data or ""
    with creating(form) as made:
        before = just_started(group_id, g.viewer.person_id, kind, title, body)
        discussion: Discussion = before or actions.start_as(
            viewer=g.viewer,
            group_id=group_id,
            kind=kind,
            title=title,
            body=body,
            html=rendered.html,
            excerpt=excerpt(rendered.text, 300),
            topic_ids=form.filing.topic_ids,
            tags=form.filing.words,
            asked_person_id=person[0] if person else None,
        )
        made.address = actions.address_of(discussion)
        forget_sent(request.path, form)
    say(SENT_BEFORE if before else SENT[kind])
    return made.address


def _page(form: StartForm, kind: str, rendered: Rendered | None, who: str, **more: Any) -> Any:
    """The composer, with what is there already beside it: by the title at first, by everything typed later."""
    text = f"{form.title.data or ''}\n{form.body.data or ''}"
    alike: list[Card] = similar(text, ("discussion", "guide"), g.viewer, 5)
    return render_template(
        "discussions/start.html",
        form=form,
        kind=kind,
        action=plain(request.full_path),
        begun=begun_at(request.path),
        preview_html=rendered.html if rendered else None,
        audience=who,
        alike=alike,
        looked=rendered is not None,
        asked=_asked(form, rendered) if rendered else None,
        advice=advise(form.body.data or "", rendered, form.title.data or "") if rendered else None,
        topics=topic_choices(),
        **more,
    )


def _asked(form: StartForm, rendered: Rendered) -> Question | None:
    return to_ask_about(f"{form.title.data or ''}\n{rendered.text}")


def _prefilled() -> dict[str, str]:
    """What came with the address, from a failed search or a guide's page for example."""
    title = (request.args.get("title") or request.args.get("q") or "")[:LONGEST_TITLE]
    return {"title": title, "body": request.args.get("body", "")[:LONGEST_BEGUN]}


def _audience(chosen: tuple[int, str, str] | None) -> str:
    if chosen is not None and chosen[2] == "closed":
        return f"Only members of {chosen[1]} can read this. {LEAVE_OUT}"
    return f"Everyone can read this. {LEAVE_OUT}"


def _reaches(form: AskForm, person: tuple[int, str] | None) -> bool:
    """Whom a question names must be able to read it."""
    if person is None or can_read(int(form.group.data), person[0]):
        return True
    form.group.errors = [f"{person[1]} is not in this group. Choose an open one"]
    return False
