"""What all pages of a group share: finding it by its address, its head with tabs, and how outsiders are refused.

The pages of features above (its discussions, its guides) use this too.
"""

from __future__ import annotations

from typing import Any, NoReturn

from flask import abort, g, redirect, request
from markupsafe import Markup

from network.core.web.access import NotToSee
from network.core.web.addresses import moved_code
from network.groups import rules
from network.groups.queries import GroupHead, declined, facilitators, group_head, present_slug, request_count
from network.subjects.names import hue, initials


def find_group(slug: str) -> GroupHead:
    """The group at this address; an old one leads on to the same page at the new one. Unknown ones are 404."""
    group = group_head(slug, g.viewer)
    if group is not None:
        return group
    present = present_slug(slug)
    if present is None:
        abort(404)
    path = request.full_path.rstrip("?").replace(f"/groups/{slug}", f"/groups/{present}", 1)
    abort(redirect(path, moved_code()))


def find_group_inside(slug: str) -> GroupHead:
    """As find_group, for what is inside: outsiders of a closed group meet one page, whatever they asked for."""
    return let_inside(find_group(slug))


def let_inside(group: GroupHead) -> GroupHead:
    """The group, for those who may see inside; the others are refused."""
    if not rules.may_see_inside(g.viewer, group.id, group.openness):
        refuse(group)
    return group


def refuse(group: GroupHead) -> NoReturn:
    """Say that the group is closed, why, and who can let people in."""
    names = [_link(f"/people/{person.handle}", person.name) for person in facilitators(group.id)]
    who = Markup(" {} can let you in.").format(_listed(names)) if names else ""
    words = Markup("“{}” is a closed group. {}{} {}")
    raise NotToSee(words.format(_link(group.address, group.name), _sentence(group.closed_reason), who, _how(group)))


def frame(group: GroupHead, current: str) -> dict[str, Any]:
    """What the head of a group's page shows: emblem, tabs, and what the viewer can do about belonging."""
    inside = rules.may_see_inside(g.viewer, group.id, group.openness)
    manages = rules.may_manage(g.viewer, group.id, group.openness)
    waiting = request_count(group.id) if manages and group.closed else 0
    return {
        "group": group,
        "initials": initials(group.name),
        "hue": hue(group.id),
        "inside": inside,
        "belongs": group.id in g.viewer.group_ids,
        "manages": manages,
        "taking_over": _takes_over(group),
        "may_close": rules.may_close(g.viewer, group.id, group.openness, group.slug),
        "waiting": waiting,
        "declined": declined(group.id, g.viewer) if _may_have_asked(group) else None,
        "tabs": _tabs(group, current, inside=inside, waiting=waiting),
        "trail": [{"text": "Groups", "address": "/groups"}, {"text": group.name}],
    }


def _takes_over(group: GroupHead) -> bool:
    """Would the viewer become the group's facilitator by joining it?"""
    joins = rules.may_join(g.viewer, group.id, group.openness)
    return joins and rules.is_taken_over(group.slug, bool(facilitators(group.id)))


def _may_have_asked(group: GroupHead) -> bool:
    return group.closed and g.viewer.signed_in and group.role is None


def _tabs(group: GroupHead, current: str, *, inside: bool, waiting: int) -> list[dict[str, Any]]:
    """Outsiders of a closed group get only what is public about it."""
    shown: list[tuple[str, str, str, int | str | None]] = [("discussion", "About", "", None)]
    if inside:
        count = f"{group.member_count:,}, {waiting:,} waiting" if waiting else group.member_count
        shown = [
            ("discussion", "Discussion", "", None),
            ("guides", "Guides", "/guides", None),
            ("members", "Members", "/members", count),
            ("about", "About", "/about", None),
        ]
    return [
        {"text": text, "address": group.address + path, "current": name == current, "count": count}
        for name, text, path, count in shown
    ]


def _how(group: GroupHead) -> str:
    if not g.viewer.signed_in:
        return "Sign in if you are a member."
    return Markup("You can {}.").format(_link(group.address, "ask to join on its page"))


def _link(address: str, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, words)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else text + "."


def _listed(names: list[Markup]) -> Markup:
    return names[0] if len(names) == 1 else Markup(", ").join(names[:-1]) + " or " + names[-1]
