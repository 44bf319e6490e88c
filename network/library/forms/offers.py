"""What the library's forms offer and refuse alike: owners, licences, topics and the size of a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import ValidationError

from network.core.licences import LICENCES
from network.core.web.fields import is_web_address
from network.library.content import MAX_BYTES, MAX_TOPICS
from network.library.models import OTHER_LICENCE
from network.library.queries.writing import Choices
from network.library.rules import Owner
from network.subjects.viewer import Viewer


def owners_for(viewer: Viewer, choices: Choices) -> dict[Owner, str]:
    """Those for whom the viewer may act, and what they are called: themselves, groups they look after, their place."""
    owners = {Owner("person", viewer.person_id or 0): f"{viewer.name} (you)"}
    for group in choices.groups:
        if group.id in viewer.facilitated_ids:
            owners[Owner("group", group.id)] = f"The group {group.name}"
    if choices.organisation:
        owners[Owner("organisation", choices.organisation[0])] = choices.organisation[1]
    return owners


def licence_choices() -> list[tuple[str, str]]:
    """Those that are known by name, and another one."""
    return [*((code, licence.name) for code, licence in LICENCES.items()), (OTHER_LICENCE, "Another licence")]


def check_licence_name(form: Any, field: Any) -> None:
    """Another licence has a name."""
    if form.licence.data == OTHER_LICENCE and not field.data:
        raise ValidationError("Enter the name of the other licence")


def check_licence_address(form: Any, field: Any) -> None:
    """A link to another licence is a web address."""
    if form.licence.data == OTHER_LICENCE and not is_web_address(field.data or ""):
        raise ValidationError("Enter the link in the correct format, like https://example.org/licence")


def check_topics(chosen: Sequence[int] | None) -> None:
    """At most five."""
    if len(set(chosen or ())) > MAX_TOPICS:
        raise ValidationError(f"Choose {MAX_TOPICS} topics or fewer")


def check_size(body: str) -> None:
    """No text over the limit of guides."""
    size = len(body.encode())
    if size > MAX_BYTES:
        raise ValidationError(f"Guide must be 256 KB or smaller. This is {size // 1024 + 1} KB")
