"""A picture that was chosen, pasted or dropped: looked at, stored, and put into the text as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import request

from network.attachments.pictures import PICTURE, PictureRefused, Stored, store_picture
from network.core.text.structure import DECORATIVE
from network.library.composing.actions import MAX_PICTURES, TooManyPictures
from network.library.composing.saving import Kept
from network.library.forms.writing import GuideForm

LONGEST_WORDS = 300
TOO_MANY = f"This guide has {MAX_PICTURES} pictures, which is as many as one may have"
_MARKS = re.compile(r"([\\\[\]])")


def chosen_picture() -> str:
    """What the picture is called that came with the form; empty when there is none."""
    sent = request.files.get("picture")
    return (sent.filename or "") if sent is not None else ""


def take_picture(form: GuideForm, *, described: bool = True) -> Stored | None:
    """Store the picture that came with the form. None, with an error at its field, when there is none or it is refused.

    `described` asks for words or for the tick; a script that pastes leaves them to the text, which cannot be published
    without.
    """
    sent = request.files.get("picture")
    data = sent.read(PICTURE.most_bytes + 1) if sent is not None else b""
    if sent is None or not data:
        form.picture.errors = ["Choose a picture"]
        return None
    if described and not form.picture_alt.data and not form.picture_decorative.data:
        form.picture_alt.errors = ["Enter what the picture shows, or say that it only decorates"]
        return None
    if len(form.picture_alt.data or "") > LONGEST_WORDS:
        form.picture_alt.errors = [f"What the picture shows must be {LONGEST_WORDS} characters or fewer"]
        return None
    try:
        return store_picture(data, sent.filename or "picture")
    except PictureRefused as refused:
        form.picture.errors = [str(refused)]
        return None


def add_by_button(form: GuideForm, keep: Callable[[Stored], Kept]) -> Kept | None:
    """Put the picture that came with the form at the end of the text, and have `keep` save both.

    None, with the form as it was typed and its errors, when something is missing or wrong. What `keep` raises is
    raised, with the text as it was.
    """
    if form.breaks_rules() or (stored := take_picture(form)) is None:
        return None
    typed = form.body.data
    _put_in(form, stored)
    try:
        return keep(stored)
    except TooManyPictures:
        form.picture.errors = [TOO_MANY]
        _put_back(form, typed)
        return None
    except Exception:
        _put_back(form, typed)
        raise


def markdown_of(form: GuideForm, stored: Stored) -> str:
    """The picture with its words. The tick that it only decorates counts more than words typed before."""
    words = DECORATIVE if form.picture_decorative.data else form.picture_alt.data or ""
    return f"![{_MARKS.sub(_escaped, words)}](/files/{stored.name})"


def _put_back(form: GuideForm, typed: str | None) -> None:
    form.body.data, form.rendered = typed, None


def _put_in(form: GuideForm, stored: Stored) -> None:
    """At the end of the text, and with empty fields for the next one."""
    text = (form.body.data or "").rstrip()
    form.body.data = f"{text}\n\n{markdown_of(form, stored)}\n" if text else f"{markdown_of(form, stored)}\n"
    form.rendered = None
    form.picture_alt.data, form.picture_decorative.data = "", False


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[1]}"
