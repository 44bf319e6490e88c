"""What the buttons of the writing page do to the text in the form before it is shown again or sent."""

from __future__ import annotations

from flask import g

from network.library.composing.outlines import outline
from network.library.composing.tables import with_tables
from network.library.composing.titles import link_titles
from network.library.forms.keeping import KeepingForm
from network.library.forms.writing import GuideForm

NOT_EMPTY = "An outline goes into an empty text only. Nothing was changed"


def before_reading(form: KeepingForm) -> None:
    """Before a preview, and before it is published or sent: `[[Title]]` becomes a link."""
    body = form["body"]
    linked = link_titles(g.viewer, body.data or "")
    if linked.text != body.data:
        body.data, form.rendered = linked.text, None
    form.unknown_titles, form.several_titles = linked.unknown, linked.several


def make_tables(form: KeepingForm) -> None:
    """Rows from a spreadsheet become tables."""
    form["body"].data, form.rendered = with_tables(form["body"].data or ""), None


def put_outline(form: GuideForm) -> None:
    """The outline of the chosen kind, into an empty text."""
    if (form.body.data or "").strip():
        form.body.errors = [NOT_EMPTY]
    else:
        form.body.data, form.rendered = outline(form.kind.data or ""), None
