"""All of it, one file after the other, and at the end a page that lists it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import render_template

from network.core.clock import now
from network.portability.archive import Listed
from network.portability.mine.adoptions import adoptions
from network.portability.mine.collections import collections
from network.portability.mine.edits import edits
from network.portability.mine.flags import flags
from network.portability.mine.posts import my_posts, posts
from network.portability.mine.profile import profile
from network.portability.mine.suggestions import my_suggestions, suggestions
from network.portability.texts import Text
from network.subjects.viewer import Viewer

INDEX = "index.html"


def beside(viewer: Viewer, guides: Listed) -> Iterator[Text]:
    """What the viewer wrote beside these guides. A few dozen texts at most are in memory; of the rest, names."""
    others, unfinished, said, proposed = [], [], [], []
    for text in (*profile(viewer), *adoptions(viewer), *collections(viewer), *flags(viewer)):
        others.append(text.path)
        yield text
    for text in edits(viewer):
        unfinished.append(text.path)
        yield text
    for post in posts(viewer, my_posts(viewer)):
        said.append((post.text.path, post.place, post.number, post.at))
        yield post.text
    for one in suggestions(viewer, my_suggestions(viewer)):
        proposed.append((one.text.path, one.guide, one.number, one.at))
        yield one.text
    page = render_template(
        "portability/mine.html",
        name=viewer.name,
        guides=guides,
        unfinished=unfinished,
        posts=said,
        suggestions=proposed,
        others=others,
    )
    yield Text(INDEX, page, now())
