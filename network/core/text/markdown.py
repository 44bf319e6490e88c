"""The one renderer: Markdown that people wrote becomes safe HTML here and nowhere else.

Page, preview, mail, feed and export show what this returns. It is called when text is written; the result is
stored with RENDERER_VERSION, so that stored texts can be laid out anew when the version rises.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass

from network.core.text.budget import TooBusy, is_risky, lay_out_apart
from network.core.text.headings import Heading
from network.core.text.layout import Request, lay_out
from network.core.text.links import LinkPolicy
from network.core.text.plain import plain, word_count

__all__ = ["RENDERER_VERSION", "Heading", "LinkPolicy", "Rendered", "TooBusy", "render"]

RENDERER_VERSION = 2
"""Rises whenever the same source gives other HTML."""

MAX_SOURCE = 256 * 1024
"""Characters that are laid out; a longer text is shown as it was typed."""

MAX_TYPED = 1024 * 1024

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_PREFIX = re.compile(r"^(?:[a-z][a-z0-9-]*-)?$")


@dataclass(frozen=True)
class Rendered:
    """A text laid out.

    html: safe HTML, without a wrapper. headings: in order of reading. text: the words alone, a line for
    each block. words: how many. failed: the text could not be laid out in time; html then shows it as it
    was typed.
    """

    html: str
    headings: tuple[Heading, ...]
    text: str
    words: int
    failed: bool = False


def render(source: str, *, heading_offset: int = 0, id_prefix: str = "", links: LinkPolicy | None = None) -> Rendered:
    """Lays out Markdown. Never raises on any text, but TooBusy when the machine has no time for a dear one.

    heading_offset: how far below h2 the text's highest heading stands (0 for a guide). id_prefix: stands
    before every id, such as ``p12-``, where several texts share a page; small letters, digits and dashes,
    ending in a dash. Scrollable parts are then groups instead of landmarks. links: how outside links are
    marked.

    Raises ValueError for an id_prefix or heading_offset of the wrong form, which is the caller's mistake.
    """
    if not _PREFIX.match(id_prefix):
        raise ValueError(f"id_prefix must be small letters, digits and dashes ending in a dash: {id_prefix!r}")
    if not 0 <= heading_offset <= 4:
        raise ValueError("heading_offset must be from 0 to 4")
    source = _CONTROL.sub("", source.replace("\r\n", "\n").replace("\r", "\n"))
    request = Request(source, heading_offset, id_prefix, links or LinkPolicy())
    if len(source) > MAX_SOURCE:
        return _as_typed(source)
    laid_out = lay_out_apart(request) if is_risky(source) else lay_out(request)
    if laid_out is None:
        return _as_typed(source)
    html, headings = laid_out
    text = plain(html)
    return Rendered(html, headings, text, word_count(text))


def _as_typed(source: str) -> Rendered:
    """The source itself, escaped, under a sentence that says why it looks like this."""
    shown = entities.escape(source[:MAX_TYPED])
    html = (
        '<div class="cp-note cp-note--warning"><strong class="cp-note__label">Shown as it was typed</strong>'
        "<p>This text is too long or too deeply nested to be laid out.</p></div>\n"
        f'<pre tabindex="0" role="region" aria-label="Text as it was typed"><code>{shown}</code></pre>\n'
    )
    text = source[:MAX_TYPED]
    return Rendered(html, (), text, word_count(text), failed=True)
