"""Markdown as published sites mean it, brought to the Markdown that everybody writes here.

The order matters: templates first, then HTML, then kramdown's marks, and links last, when every page's
places are known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from network.library.importing.addresses import Places, inline_references, take_anchors
from network.library.importing.fragments import without_html
from network.library.importing.html import tidy
from network.library.importing.kramdown import drop_contents, drop_empty_labels, plain_markdown
from network.library.importing.liquid import Page, expand, unmark_raw
from network.library.importing.masking import Mask
from network.library.importing.tables import mend_tables

_MOST = {
    "{%": 1_000,
    "{{": 1_000,
    "{:": 1_000,
    "{#": 1_000,
    "[": 5_000,
    "<": 10_000,
    "`": 10_000,
    "~~~": 1_000,
}


@dataclass
class Text:
    """A text whose links are still as they were in the source."""

    body: str
    mask: Mask
    places: Places
    remarks: list[str]

    def finish(self, body: str) -> str:
        """The body with its code back in place."""
        return tidy_markdown(unmark_raw(self.mask.restore(body)))


def translate(path: str, fields: Mapping[str, Any], body: str, site: Sequence[tuple[str, Mapping[str, Any]]]) -> Text:
    """Everything but links. *site*: every page of the import with its front matter, for loops over pages."""
    mask = Mask()
    page = Page(path, fields, site)
    text = mask.code(body.expandtabs(4))
    text = expand(text, page, mask)
    text = mend_tables(text)
    text = without_html(text)
    text = plain_markdown(text)
    text = inline_references(text)
    text = drop_contents(drop_empty_labels(text))
    text, places = take_anchors(text)
    remarks = [_left_out(tag, count) for tag, count in page.left_out.items()]
    return Text(text, mask, places, remarks)


def only_links(body: str) -> Text:
    """A text that was no kramdown to begin with: from HTML or Word."""
    mask = Mask()
    text, places = take_anchors(mask.code(body))
    return Text(text, mask, places, [])


def is_too_dense(text: str) -> bool:
    """Whether a text has so many brackets and tags that reading it would take long; no guide comes near."""
    return any(text.count(sign) > most for sign, most in _MOST.items())


def _left_out(tag: str, count: int) -> str:
    return f"Left out: {tag}" + (f" ({count} times)" if count > 1 else "")


def tidy_markdown(text: str) -> str:
    """Single blank lines outside code, and no space at the ends of lines but the two that break them."""
    mask = Mask()
    return mask.restore(tidy(re.sub(r"(?m)^[ ]*(?:---|\*\*\*)[ ]*\n+\Z", "", mask.code(text))))
