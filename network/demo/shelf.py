"""The guides of the demo network, with their older versions, checks and comments."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from network.attachments.actions import attach
from network.attachments.pictures import Stored, store_picture
from network.core.db import db
from network.core.transaction import transaction
from network.demo import files
from network.demo.care import keep_checks
from network.groups.viewers import viewer_of
from network.library.actions.commenting import comment
from network.library.actions.drafting import create_draft
from network.library.actions.ending import supersede, withdraw
from network.library.actions.publishing import publish_draft
from network.library.actions.rows import add_version, set_check_state, set_content
from network.library.checks import today
from network.library.content import Content, lay_out
from network.library.models import Guide
from network.subjects.viewer import Viewer
from network.threads.writing import render_post

if TYPE_CHECKING:
    from network.demo.loading import Names

PICTURE = re.compile(r"\]\(pictures/([\w.-]+)\)")


def load_guides(names: Names, progress: Callable[[int], object]) -> None:
    """Publish them oldest version first, then point replaced ones to what replaces them."""
    ids: dict[str, int] = {}
    read = list(files.guides())
    for slug, facts, body in read:
        ids[slug] = _load(slug, facts, body, names)
        progress(1)
    for slug, facts, _ in read:
        if facts.get("superseded_by") and facts["state"] == "published":
            with transaction():
                viewer = viewer_of(names.people[facts["by"]])
                supersede(viewer=viewer, guide_id=ids[slug], by_id=ids[facts["superseded_by"]])
        if facts["state"] == "withdrawn":
            with transaction():
                withdraw(
                    viewer=viewer_of(names.people[facts["by"]]),
                    guide_id=ids[slug],
                    reason=facts["reason"],
                    successor_id=ids.get(facts.get("superseded_by") or ""),
                    at=files.ago(facts["withdrawn_days_ago"]),
                )


def _load(slug: str, facts: dict[str, Any], body: str, names: Names) -> int:
    pictures, body = _with_pictures(body)
    versions = facts["versions"]
    states = [_content(facts, _without(body, version.get("without", ())), names) for version in versions]
    viewer = viewer_of(names.people[facts["by"]])
    with transaction():
        guide = _begin(facts, states[0], viewer, names)
        for stored in pictures:
            attach(stored, subject="guide", subject_id=guide.id, uploaded_by=viewer.person_id)
        if facts["state"] != "draft":
            publish_draft(
                viewer=viewer, guide_id=guide.id, note=versions[0]["note"], at=files.ago(versions[0]["days_ago"])
            )
            for version, content in list(zip(versions, states, strict=True))[1:]:
                set_content(guide, content)
                add_version(
                    guide,
                    author_id=names.people[version["by"]],
                    note=version["note"],
                    at=files.ago(version["days_ago"]),
                )
                guide.updated_at = files.ago(version["days_ago"])
            guide.slug = slug  # Guides name each other by the names of their files.
            _set_dates(guide, facts)
    for said in facts.get("comments") or ():
        _comment(guide.id, said, names)
    return guide.id


def _comment(guide_id: int, said: dict[str, Any], names: Names) -> None:
    html = render_post(said["body"]).html
    with transaction():
        viewer = viewer_of(names.people[said["by"]])
        comment(viewer=viewer, guide_id=guide_id, body=said["body"], html=html, at=files.ago(said["days_ago"]))


def _begin(facts: dict[str, Any], content: Content, viewer: Viewer, names: Names) -> Guide:
    """A draft of its writer's; whom it belongs to is set here, because it was handed over long ago."""
    guide = create_draft(
        viewer=viewer,
        content=content,
        co_author_ids=[names.people[handle] for handle in facts.get("co_authors") or ()],
        at=files.ago(facts["versions"][0]["days_ago"]),
    )
    owner = facts["owner"]
    guide.group_id = names.groups[facts["group"]] if facts.get("group") else None
    if not isinstance(owner, str):
        guide.owner_person_id = None
        guide.owner_group_id = names.groups[owner["group"]] if "group" in owner else None
        guide.owner_organisation_id = names.organisations[owner["organisation"]] if "organisation" in owner else None
    else:
        guide.owner_person_id = names.people[owner]
    return guide


def _content(facts: dict[str, Any], body: str, names: Names) -> Content:
    return Content(
        title=facts["title"],
        summary=facts["summary"],
        kind=facts["kind"],
        body=body,
        rendered=lay_out(body),
        licence=facts["licence"],
        topic_ids=tuple(names.topics[slug] for slug in facts["topics"]),
        tags=tuple(facts.get("tags") or ()),
    )


def _set_dates(guide: Guide, facts: dict[str, Any]) -> None:
    """The dates of a history that really took months: published, checked, due."""
    guide.published_at = files.ago(facts["published_days_ago"])
    checked, due = facts.get("checked_days_ago"), facts.get("check_due_in_days")
    guide.checked_at = None if checked is None else files.ago(checked)
    guide.checked_by = None if checked is None else guide.author_id
    guide.check_due = None if due is None else today() + timedelta(days=due)
    set_check_state(guide)
    keep_checks(guide, facts)
    db.session.flush()


def _without(body: str, headings: Any) -> str:
    """The text before these sections were written."""
    for heading in headings:
        start = body.index(heading)
        end = body.find("\n## ", start + 1)
        body = body[:start] + (body[end + 1 :] if end > 0 else "")
    return body.rstrip() + "\n"


def _with_pictures(body: str) -> tuple[list[Stored], str]:
    stored = {name: store_picture(files.picture(name), name) for name in set(PICTURE.findall(body))}
    return list(stored.values()), PICTURE.sub(lambda match: f"](/files/{stored[match[1]].name})", body)
