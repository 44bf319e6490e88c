"""A guide with other words: what accepting a suggestion publishes."""

from __future__ import annotations

from dataclasses import replace

from network.core.text.markdown import Rendered
from network.library.content import Content
from network.library.queries.writing import Text
from network.library.wording import Words


def put_together(text: Text, words: Words, rendered: Rendered) -> Content:
    """The words in place of the guide's own; how it is filed stays. `rendered` is their body laid out."""
    return replace(text.content(rendered), title=words.title, summary=words.summary, body=words.body)
