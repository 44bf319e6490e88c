"""Choosing the posts of a discussion that are to become a guide."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, g, redirect, render_template

from network.core.text.plain import excerpt, plain
from network.core.web.access import members
from network.core.web.forms import creating, say
from network.core.web.limits import limit_writing
from network.groups.queries import can_read
from network.library.content import MAX_BYTES, MAX_CO_AUTHORS, MAX_TOPICS, Content, lay_out
from network.library.turning import queries
from network.library.turning.actions import PostsChanged, draft_from_discussion
from network.library.turning.forms import TurningForm
from network.library.turning.queries import Source, SourcePost
from network.library.turning.text import guide_text
from network.library.turning.views import area
from network.threads.showing import FORMER_MEMBER

CHANGED = "Somebody changed or withdrew one of these posts while you were choosing. Look through them again"


@area.route("/library/new/from-discussion/<int(max=2147483647):discussion_id>", methods=["GET", "POST"], access=members)
@limit_writing
def choose(discussion_id: int) -> Any:
    """Tick posts; a draft is made of them, with credit."""
    found = queries.source(g.viewer, discussion_id)
    if found is None:
        abort(404)
    offered = queries.posts(found)
    form = TurningForm(data={"posts": [post.number for post in offered if _usual(found, post)]})
    form.posts.choices = [(post.number, _words(found, post)) for post in offered]
    if form.validate_on_submit():
        numbers = set(form.posts.data or ())
        chosen = [post for post in offered if post.number in numbers]
        try:
            return _make(form, found, chosen)
        except PostsChanged:
            form.form_errors.append(CHANGED)
    return _page(form, found)


def _page(form: TurningForm, found: Source) -> Any:
    return render_template(
        "library/turning/choose.html",
        form=form,
        found=found,
        made=queries.offer(g.viewer, found.id),
        begun=queries.begun(g.viewer, found.id),
    )


def _usual(found: Source, post: SourcePost) -> bool:
    return post.number == 1 or post.id == found.accepted_post_id


def _words(found: Source, post: SourcePost) -> str:
    what = "asked this" if post.number == 1 and found.kind == "question" else "began this"
    if post.number > 1:
        what = f"wrote reply {post.number - 1}"
    accepted = ", the accepted answer" if post.id == found.accepted_post_id else ""
    return f"{post.author or FORMER_MEMBER} {what}{accepted}: {excerpt(plain(post.html), 160)}"


def _who_sees(co_authors: list[str]) -> str:
    if not co_authors:
        return "Your draft is made. Nobody else sees it until you publish it or name co-authors"
    listed = " and ".join(filter(None, (", ".join(co_authors[:-1]), co_authors[-1])))
    return f"Your draft is made. You and {listed} see it and can edit it; nobody else does until you publish it"


def _make(form: TurningForm, found: Source, chosen: list[SourcePost]) -> Any:
    body = guide_text(found, chosen)
    if len(body.encode()) > MAX_BYTES:
        form.posts.errors = ["A guide must be 256 KB or smaller. Choose fewer posts"]
        return _page(form, found)
    content = Content(
        title=found.title,
        body=body,
        rendered=lay_out(body),
        licence=current_app.config["DEFAULT_LICENCE"],
        language=found.language,
        topic_ids=tuple(queries.topics(found))[:MAX_TOPICS],
    )
    writers = dict.fromkeys(post.author_id for post in chosen if post.author_id is not None and post.active)
    writers.pop(g.viewer.person_id or 0, None)
    # Who has left a closed group since does not hear of what is made of it.
    readers = [person for person in writers if can_read(found.group_id, person)] if form.share_draft.data else []
    with creating(form) as made:
        guide = draft_from_discussion(
            viewer=g.viewer,
            found=found,
            post_bodies={post.id: post.body for post in chosen},
            content=content,
            co_author_ids=readers[:MAX_CO_AUTHORS],
        )
        made.address = f"/drafts/{guide.id}"
    named = {post.author_id: post.author for post in chosen}
    say(_who_sees([named[person] for person in readers[:MAX_CO_AUTHORS]]))
    return redirect(made.address, 303)
