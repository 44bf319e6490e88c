"""The text of the draft: what was asked, what answered it, what others added, and who wrote what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from network.library.turning.queries import Source, SourcePost
from network.threads.addresses import post_address
from network.threads.showing import FORMER_MEMBER

_MARKS = re.compile(r"([\\\[\]*_`<&])")
_NOTE = re.compile(r"\[\^([^\]\s]{1,60})\]")


def guide_text(found: Source, chosen: Sequence[SourcePost]) -> str:
    """Markdown of a draft. `chosen` come in the order in which they are to be read."""
    parts: list[str] = []
    heading = ""
    for post in chosen:
        if (wanted := _heading(found, post)) != heading:
            parts.append(f"## {wanted}")
            heading = wanted
        parts += [_own_notes(post), f"*{_by(found, post)}*"]
    names = _listed([*dict.fromkeys(_person(post) for post in chosen)])
    parts += [
        "## Where this comes from",
        f"This guide began as [{_plain(found.title)}]({found.address}), a {found.kind} in {_plain(found.group)}. "
        f"It has words by {names}.",
    ]
    return "\n\n".join(parts) + "\n"


def _heading(found: Source, post: SourcePost) -> str:
    if post.number == 1:
        return "The question" if found.kind == "question" else "How it began"
    return "What answered it" if post.id == found.accepted_post_id else "What others added"


def _own_notes(post: SourcePost) -> str:
    """The words of a post; its footnotes get names that no other post's have."""
    return _NOTE.sub(rf"[^{post.number}-\1]", post.body.strip())


def _by(found: Source, post: SourcePost) -> str:
    address = post_address(found.address, post.number)
    first = "what was asked" if found.kind == "question" else "this discussion"
    where = f"[{first if post.number == 1 else f'reply {post.number - 1}'}]({address})"
    return f"By {_person(post)}, from {where}"


def _person(post: SourcePost) -> str:
    return f"[{_plain(post.author)}](/people/{post.handle})" if post.handle else FORMER_MEMBER.lower()


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _plain(words: str) -> str:
    return _MARKS.sub(r"\\\1", words)
