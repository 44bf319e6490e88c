"""What becomes of the words that people type: how a post is laid out, and how one is quoted."""

from __future__ import annotations

import secrets

from flask import current_app

from network.core.text.markdown import LinkPolicy, Rendered, render

LONGEST_QUOTE = 2_000


def render_post(body: str) -> Rendered:
    """Lay out a post. Its ids begin with digits of chance, because many posts share a page and have no number yet."""
    prefix = f"p{secrets.randbelow(10**9)}-"
    return render(body, heading_offset=1, id_prefix=prefix, links=LinkPolicy(current_app.config["BASE_URL"]))


def quoted(body: str) -> str:
    """The words as a quotation to reply under; what they quoted themselves and what is very long is left out."""
    lines = [line for line in body.splitlines() if not line.lstrip().startswith(">")]
    text = "\n".join(lines).strip()
    if len(text) > LONGEST_QUOTE:
        text = text[:LONGEST_QUOTE].rpartition(" ")[0] + " …"
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines()) + "\n\n" if text else ""
