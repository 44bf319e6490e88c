"""What discussions show on the pages of people and topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Flask
from markupsafe import escape
from sqlalchemy import or_, select

from network.core.db import db
from network.core.web.templating import local, relative_day
from network.discussions.queries import answers_of_person, discussions_of_topics, questions_of_person
from network.discussions.queries.people import Answer
from network.discussions.showing import ShownRow, row_items
from network.subjects.panels import Panel, lend
from network.subjects.viewer import Viewer
from network.threads.showing import exact_words
from network.vocabulary.models import Topic


def lend_panels(app: Flask) -> None:
    """At “person.main” what somebody asked and answered, at “topic.main” what is said about a topic."""
    lend(app, "person.main", of_person)
    lend(app, "topic.main", of_topic)


def of_person(viewer: Viewer, person_id: int) -> Panel | None:
    """Recent answers and questions, as far as the viewer may read them."""
    answers = answers_of_person(person_id, viewer)
    questions = questions_of_person(person_id, viewer)
    if not answers and not questions:
        return None
    return Panel(
        "discussions/panels/of_person.html",
        {"answers": _answer_items(answers), "questions": row_items(questions, with_group=True)},
    )


def _answer_items(answers: Sequence[Answer]) -> list[ShownRow]:
    """The questions as lists show them, with where the answer is and when it was written."""
    shown = row_items([answer.question for answer in answers], with_group=True)
    return [
        replace(
            item,
            address=escape(answer.address),
            fact="Accepted answer" if answer.accepted else "",
            datetime=local(answer.at).isoformat(timespec="minutes"),
            exact=exact_words(local(answer.at)),
            when=f"Answered {relative_day(answer.at)}",
        )
        for item, answer in zip(shown, answers, strict=True)
    ]


def of_topic(viewer: Viewer, topic_id: int) -> Panel | None:
    """Discussions filed under a topic or one under it."""
    ids = db.session.scalars(select(Topic.id).where(or_(Topic.id == topic_id, Topic.parent_id == topic_id))).all()
    rows = discussions_of_topics(ids, viewer)
    return Panel("discussions/panels/of_topic.html", {"rows": row_items(rows, with_group=True)}) if rows else None
