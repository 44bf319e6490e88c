"""Forms of posts."""

from __future__ import annotations

from typing import Any

from flask import request
from wtforms import HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import Optional, Regexp

from network.accounts.begun import Begun
from network.core.text.personal import Question, personal, question
from network.core.web.fields import Written, fits
from network.core.web.forms import CreatingForm, Form
from network.people.links import without_links_to_nobody
from network.threads.writing import own_words

LARGEST_POST = 64 * 1024
LEAVE_OUT = "Leave out anything that could identify a person you support."


def to_ask_about(text: str, known: str = "") -> Question | None:
    """What in a plain text the writer has to confirm before others read it; nothing once they did.

    What stands in `known`, which others can read already, needs no confirming.
    """
    return question(personal(text, known), request.form.get("sure", ""))


def small_enough(_form: Any, field: Any) -> None:
    """A post is at most 64 KB, counted as it is stored."""
    if len((field.data or "").encode()) > LARGEST_POST:
        raise ValidationError(f"{field.label.text} must be 64 KB or smaller, which is about 10,000 words")


def more_than_a_quotation(_form: Any, field: Any) -> None:
    """Whoever replies says something."""
    if not own_words(field.data or ""):
        raise ValidationError("Write something of your own, below what you quote")


class ReplyForm(CreatingForm):
    """A reply or a comment. Its label and messages follow the words of the place; `quotes` when it was just given
    the words of another, `quotes_alone` when it has no others yet; `quotes_none` when those were withdrawn meanwhile.
    `begun` waits to be gone on with.
    """

    quotes = quotes_alone = quotes_none = False
    begun = Begun("", "", None)

    body = TextAreaField(
        "Your reply",
        [Written("Write something before you post"), small_enough, more_than_a_quotation],
        filters=[without_links_to_nobody],
    )


class EditPostForm(Form):
    """New words for a post; `version` tells which ones they replace."""

    body = TextAreaField(
        "Text", [Written("Write something, or withdraw this instead"), small_enough], filters=[without_links_to_nobody]
    )
    version = HiddenField(validators=[Regexp(r"[0-9]{1,9}\Z", message="Open this page again")])


class WithdrawForm(Form):
    """Withdrawing one's own: a reason may be given."""

    reason = StringField(
        "Reason (optional)",
        [Optional(), fits("Reason", 300)],
        description="Shown in place of what you wrote.",
    )


class HideForm(Form):
    """Hiding somebody else's: a reason must be given."""

    reason = StringField(
        "Reason",
        [Written("Enter a reason"), fits("Reason", 300)],
        description="Everyone who can read this sees your reason and your name.",
    )
