"""The list of topics, and the forms by which administrators keep it."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.admin.topics import actions
from network.admin.topics.forms import FIRST_LEVEL, AddTopicForm, EditTopicForm, MergeTopicForm, RemoveTopicForm
from network.admin.topics.queries import Line, lines, topic_words
from network.core.stale import ChangedMeanwhile
from network.core.transaction import transaction
from network.core.web.access import administrators
from network.core.web.area import Area
from network.core.web.fields import whole_number
from network.core.web.forms import creating, say
from network.core.web.limits import limit_writing
from network.core.web.tables import as_csv

PLACE = "/admin/topics"
ONE = PLACE + "/<int(max=2147483647):topic_id>"
GONE = "Somebody has merged or removed the topic meanwhile"

area = Area("topics", __name__)


@area.get(PLACE, access=administrators)
def topics() -> Any:
    """All of them in two levels, with what is filed under each and what can be done."""
    return render_template("admin/topics/list.html", lines=lines())


@area.get(PLACE + ".csv", access=administrators)
def download() -> Any:
    """The same as a table."""
    heads = ("Topic", "Under", "Address", "What it is about", "Other words", "Former names")
    return as_csv(
        "topics",
        (*heads, "Guides", "Discussions", "Groups", "People", "Followers"),
        (
            (
                line.topic.name,
                line.under,
                f"/topics/{line.topic.slug}",
                line.topic.about,
                "; ".join(line.aliases),
                "; ".join(line.former),
                *line.counts,
            )
            for line in lines()
        ),
    )


@area.route(PLACE + "/new", methods=["GET", "POST"], access=administrators)
@limit_writing
def add() -> Any:
    """A new topic; `?under=` chooses the one above it."""
    found = lines()
    form = AddTopicForm(data={"parent": whole_number(request.args.get("under"), 0)})
    form.parent.choices = [FIRST_LEVEL, *_first_level(found)]
    if form.validate_on_submit():
        try:
            with creating(form) as made:
                row = actions.add_topic(viewer=g.viewer, **_words(form))
                made.address = PLACE
            say(f"“{row.name}” is in the list")
            return redirect(made.address, 303)
        except actions.WordTaken as taken:
            _say_taken(form, taken)
        except actions.TopicGone:
            form.parent.errors = [GONE]
    return render_template("admin/topics/add.html", form=form)


@area.route(ONE + "/edit", methods=["GET", "POST"], access=administrators)
@limit_writing
def edit(topic_id: int) -> Any:
    """Other words for a topic, or another place."""
    found = lines()
    line = _line(found, topic_id)
    form = EditTopicForm(topic_words(topic_id))
    others = [] if line.below else _first_level(found, but=topic_id)
    form.parent.choices = [FIRST_LEVEL, *others]
    comparison = None
    if form.validate_on_submit():
        try:
            with transaction():
                row = actions.change_topic(
                    viewer=g.viewer, topic_id=topic_id, base=form.base.data or "", **_words(form)
                )
            say(f"“{row.name}” is saved")
            return redirect(PLACE, 303)
        except actions.WordTaken as taken:
            _say_taken(form, taken)
        except actions.TopicGone:
            form.parent.errors = [GONE]
        except ChangedMeanwhile as other:
            comparison = form.show_both(other.stored, "Somebody else saved this")
    page = render_template("admin/topics/edit.html", form=form, line=line, comparison=comparison)
    return page, 200 if comparison is None else 409


@area.post(ONE + "/up", access=administrators)
@limit_writing
def up(topic_id: int) -> Any:
    """Let a topic stand one place higher."""
    try:
        with transaction():
            moved = actions.move_up(viewer=g.viewer, topic_id=topic_id)
    except actions.TopicGone:
        abort(404)
    say("The topic stands one place higher" if moved else "The topic is the first of its level already")
    return redirect(f"{PLACE}#topic-{topic_id}", 303)


@area.route(ONE + "/merge", methods=["GET", "POST"], access=administrators)
@limit_writing
def merge(topic_id: int) -> Any:
    """Make it part of another topic. One with topics under it can only become part of one of the first level."""
    found = lines()
    line = _line(found, topic_id)
    form = MergeTopicForm()
    others = [one for one in found if one.topic.id != topic_id and not (line.below and one.under)]
    form.into.choices = [(0, "Choose a topic"), *((one.topic.id, _placed(one)) for one in others)]
    if form.validate_on_submit():
        try:
            with transaction():
                into = actions.merge_topic(viewer=g.viewer, topic_id=topic_id, into_id=form.into.data)
            say(f"“{line.topic.name}” is part of “{into.name}” now")
            return redirect(PLACE, 303)
        except actions.TopicGone:
            form.into.errors = [GONE]
    return render_template("admin/topics/merge.html", form=form, line=line)


@area.route(ONE + "/remove", methods=["GET", "POST"], access=administrators)
@limit_writing
def remove(topic_id: int) -> Any:
    """Ask before an empty topic goes."""
    line = _line(lines(), topic_id)
    form = RemoveTopicForm()
    if form.validate_on_submit():
        try:
            with transaction():
                actions.remove_topic(viewer=g.viewer, topic_id=topic_id)
            say(f"“{line.topic.name}” is no longer in the list")
            return redirect(PLACE, 303)
        except actions.TopicGone:
            abort(404)
        except actions.StillUsed:
            line = _line(lines(), topic_id)
    return render_template("admin/topics/remove.html", form=form, line=line)


def _line(found: list[Line], topic_id: int) -> Line:
    line = next((line for line in found if line.topic.id == topic_id), None)
    if line is None:
        abort(404)
    return line


def _first_level(found: list[Line], but: int = 0) -> list[tuple[int, str]]:
    return [(line.topic.id, line.topic.name) for line in found if not line.under and line.topic.id != but]


def _placed(line: Line) -> str:
    return f"{line.under}: {line.topic.name}" if line.under else line.topic.name


def _words(form: AddTopicForm | EditTopicForm) -> dict[str, Any]:
    return {
        "name": form.name.data or "",
        "about": form.about.data or "",
        "parent_id": form.parent.data or None,
        "aliases": form.other_words,
    }


def _say_taken(form: AddTopicForm | EditTopicForm, taken: actions.WordTaken) -> None:
    field = form.name if taken.word == form.name.data else form.aliases
    field.errors = [f"“{taken.word}” means “{taken.name}” already. Edit or merge that topic, or use another word"]
