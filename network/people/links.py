"""Links to profiles inside texts: finding those to certain people, in whatever form they were typed, and undoing them.

The same patterns read Markdown and the HTML made of it, so that a long text needs not be laid out once more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select

from network.core.db import db
from network.core.text.markdown import MAX_SOURCE
from network.people.models import FormerHandle

A_FORMER_MEMBER = "a former member"
LABEL = r"(?:[^\[\]\\]|\\.|\[[^\[\]]{0,100}\]){0,500}+"
"""The words of a Markdown link: what is escaped and a pair of brackets may stand in them."""

_TITLE = r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?"""
_IN_TAG = r"(?:(?!<a\b)[^>])"
"""What stands in the tag of a link: never the next one, or every tag without an end would be read up to the last."""

_HANDLE = re.compile(r"/people/([\w-]{1,60})", re.IGNORECASE)


def without_links(text: str, handles: Sequence[str], *, keep_words: bool = False) -> str:
    """The text without links to these people. Words that led there become “a former member”, or stay as words."""
    if not handles or "/people/" not in text.lower():
        return text
    to = _address(handles)

    def words(found: re.Match[str]) -> str:
        return str(found["name"]) if keep_words else A_FORMER_MEMBER

    text, labels = _without_definitions(text, to)
    text = re.sub(
        rf'<a\b(?>{_IN_TAG}*?\bhref="{to}"){_IN_TAG}*+>(?P<name>(?:(?!<a\b).)*?)</a>', words, text, flags=re.I | re.S
    )
    text = re.sub(rf"!?\[(?P<name>{LABEL})\]\(\s*(?:<{to}>|{to}){_TITLE}\s*\)", words, text, flags=re.I)
    if labels:
        text = re.sub(rf"!?\[(?P<name>{LABEL})\] ?\n?\[(?:{labels})\]", words, text, flags=re.I)
        text = re.sub(rf"!?\[(?P<name>{labels})\](?: ?\n?\[\])?(?![\[(:])", words, text, flags=re.I)
    return re.sub(rf"<{to}>|{to}", A_FORMER_MEMBER, text, flags=re.I)


def without_links_to_nobody(text: str | None) -> str | None:
    """For fields of forms: the text without links to people who left. It asks only where there are links to people.

    A page that was opened before somebody left would bring their name back otherwise. What is longer than any field
    may be is left alone: the form refuses it, but only after this.
    """
    if not text or len(text) > MAX_SOURCE:
        return text
    named = {handle.lower() for handle in _HANDLE.findall(text)}
    if not named:
        return text
    gone = select(FormerHandle.handle).where(FormerHandle.handle.in_(named), FormerHandle.person_id.is_(None))
    return without_links(text, db.session.scalars(gone).all())


def _address(handles: Sequence[str]) -> str:
    """Here or by the full address, however it goes on; not the same path on another site."""
    host = re.escape(urlsplit(current_app.config["BASE_URL"]).netloc)
    one = "|".join(re.escape(handle) for handle in handles)
    return rf"(?<![\w/.-])(?:(?:https?:)?//{host})?/people/(?:{one})(?![\w-])(?:[/?#][^\s<>\"'()\[\]]*)?"


def _without_definitions(text: str, to: str) -> tuple[str, str]:
    """Take out `[label]: /people/…`; the labels come back as a pattern."""
    definition = re.compile(
        rf"^[ \t>]*\[(?P<label>[^\[\]\n]+)\]:\s*(?:<{to}>|{to}){_TITLE}[ \t]*(?:\n|\Z)", re.IGNORECASE | re.MULTILINE
    )
    labels = [re.escape(found["label"]) for found in definition.finditer(text)]
    return (definition.sub("", text), "|".join(labels)) if labels else (text, "")
