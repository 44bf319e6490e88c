"""Filling the writing form: what it asks, of whom, and with what it starts."""

from __future__ import annotations

from typing import Any

from network.library.adoptions.changes import whom_to_tell
from network.library.forms.offers import owners_for
from network.library.forms.writing import GuideForm
from network.library.lineage.queries import source_of
from network.library.models import KINDS
from network.library.queries.found import FoundGuide
from network.library.queries.writing import Choices, GroupChoice, KeptEdit, Text, choices_of, group_of, owner_name
from network.library.rules import Owner, may_hand_over
from network.subjects.viewer import Viewer
from network.vocabulary.queries import topic_choices


def new_form(viewer: Viewer, *, title: str = "", group_slug: str = "", kind: str = "", body: str = "") -> GuideForm:
    """An empty form, perhaps with a title and a group to begin with."""
    choices = choices_of(viewer)
    group = next((str(group.id) for group in choices.groups if group.slug == group_slug), "")
    kind = kind if kind in KINDS else "guide"
    data = {"title": title[:150], "owner": f"person:{viewer.person_id}", "group": group, "kind": kind, "body": body}
    form = GuideForm(data=data)
    del form.note, form.matters
    _offer(form, viewer, choices)
    _offer_topics(form)
    return form


def draft_form(viewer: Viewer, found: FoundGuide, text: Text) -> GuideForm:
    """A draft's form. Only its author chooses owner, co-authors, group and check date."""
    form = _form(viewer, found, text, base=text.revision)
    del form.note, form.matters
    if may_hand_over(viewer, found.standing):
        _offer(form, viewer, choices_of(viewer), found)
        if "group" in form and found.standing.said_in is not None:
            del form.group
    else:
        _leave_to_owner(form)
        del form.check_due
    return form


def edit_form(
    viewer: Viewer, found: FoundGuide, text: Text, kept: KeptEdit | None, kind: type[GuideForm] = GuideForm
) -> GuideForm:
    """The form of an edit, with what the viewer kept of an earlier one; of another `kind` when it asks for more.

    An edit is no check: no date is asked for.
    """
    form = _form(viewer, found, text, base=kept.base_version if kept else text.version, kept=kept, kind=kind)
    del form.check_due
    form.public_already = f"{text.title}\n{text.summary}\n{text.body}"
    form.whom_to_tell = whom_to_tell(viewer, found.id, found.standing)
    if not form.whom_to_tell:
        del form.matters
    if may_hand_over(viewer, found.standing):
        choices = choices_of(viewer)
        # What everybody could read stays readable, and what was said in confidence stays there.
        open_groups = tuple(group for group in choices.groups if not group.closed)
        _offer(form, viewer, choices, found, open_groups)
        if found.standing.openness == "closed" and "group" in form:
            del form.group
    else:
        _leave_to_owner(form)
    if found.imported:
        _keep_licence(form)
    return form


def _form(
    viewer: Viewer,
    found: FoundGuide,
    text: Text,
    *,
    base: int,
    kept: KeptEdit | None = None,
    kind: type[GuideForm] = GuideForm,
) -> GuideForm:
    source = source_of(viewer, found.id)
    data: dict[str, Any] = {
        **text._asdict(),
        "topics": list(text.topic_ids),
        "tags": ", ".join(text.tags),
        "owner": f"{found.standing.owner.kind}:{found.standing.owner.id}",
        "group": str(text.group_id or ""),
        "check_months": str(text.check_months or ""),
        "co_authors": "\n".join(handle for _, handle in text.co_authors),
        "adapted_from": source.address,
        **(kept.fields if kept else {}),
        "base": str(base),
        "kept_at": kept.saved_at.isoformat() if kept else "",
    }
    form = kind(data=data, known_co_authors={handle: person_id for person_id, handle in text.co_authors})
    form.imported, form.own_id, form.source = found.imported, found.id, source
    form.kept_group, form.said_in = found.standing.group_id, found.standing.said_in
    form.offer_period(text.check_months)
    if source.hidden:
        del form.adapted_from
    if source.keeps_licence:
        _keep_licence(form)
    _offer_topics(form)
    return form


def _keep_licence(form: GuideForm) -> None:
    for name in ("licence", "licence_name", "licence_address"):
        if name in form:
            delattr(form, name)


def _offer(
    form: GuideForm,
    viewer: Viewer,
    choices: Choices,
    found: FoundGuide | None = None,
    offered: tuple[GroupChoice, ...] | None = None,
) -> None:
    """Owners and groups to choose from: those the viewer acts for or belongs to, and what the guide has already."""
    owners = owners_for(viewer, choices)
    closed = {Owner("group", group.id) for group in choices.groups if group.closed}
    groups = {group.id: group for group in (choices.groups if offered is None else offered)}
    if found:
        owner, group_id = found.standing.owner, found.standing.group_id
        if found.standing.state != "draft":  # It cannot move into a closed group any more.
            owners = {one: name for one, name in owners.items() if one not in closed or one.id == group_id}
        if owner not in owners:
            owners[owner] = owner_name(owner)
        if group_id is not None and group_id not in groups:
            groups[group_id] = group_of(group_id)
    form.owner.choices = [(f"{owner.kind}:{owner.id}", name) for owner, name in owners.items()]
    form.group.choices = [("", "No group")] + [
        (str(group.id), f"{group.name} (closed: only its members can read it)" if group.closed else group.name)
        for group in groups.values()
    ]
    form.closed_groups = {str(group.id): group.name for group in groups.values() if group.closed}
    form.closed_owners = {f"{owner.kind}:{owner.id}" for owner in closed}
    form.stays_in = found.standing.group_id if found else None
    if not groups:
        del form.group
    if len(owners) == 1:
        del form.owner


def _offer_topics(form: GuideForm) -> None:
    form.topics.choices = {parent: list(under) for parent, under in topic_choices()}
    if not form.topics.choices:
        del form.topics


def _leave_to_owner(form: GuideForm) -> None:
    for name in ("owner", "group", "co_authors"):
        delattr(form, name)
