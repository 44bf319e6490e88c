"""What becomes of the words that people type: how a post is laid out, and how one is quoted."""

from __future__ import annotations

import re
import secrets

from flask import current_app

from network.core.text.markdown import LinkPolicy, Rendered, render

LONGEST_QUOTE = 2_000
_WHOSE = re.compile(r"\A\[[^\n]{1,200}\]\(/\S{1,300}#post-\d+\) wrote:$")
_MARKS = re.compile(r"([\\\[\]*_`<&])")
_ESCAPED = r"\\\1"


def render_post(body: str) -> Rendered:
    """Lay out a post. Its ids begin with digits of chance, because many posts share a page and have no number yet."""
    prefix = f"p{secrets.randbelow(10**9)}-"
    return render(body, heading_offset=1, id_prefix=prefix, links=LinkPolicy(current_app.config["BASE_URL"]))


def own_words(body: str) -> str:
    """What a post says beside what it quotes."""
    lines = [line for line in body.splitlines() if not line.lstrip().startswith(">") and not _WHOSE.match(line)]
    return "\n".join(lines).strip()


def quoted(body: str, name: str, address: str) -> str:
    """The words as a quotation to reply under, beginning with whose they are and where they stand.

    What they quoted themselves and what is very long is left out.
    """
    text = own_words(body)
    if len(text) > LONGEST_QUOTE:
        text = text[:LONGEST_QUOTE].rpartition(" ")[0] + " …"
    if not text:
        return ""
    whose = f"[{_MARKS.sub(_ESCAPED, name)}]({address}) wrote:"
    return "\n".join([whose, "", *(f"> {line}".rstrip() for line in text.splitlines())]) + "\n\n"
