"""The pages of a guide's files. Each has two addresses: under the guide, and under its draft."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from flask import abort, g

from network.core.web.access import Access
from network.core.web.area import Area
from network.library.files.actions import CANNOT
from network.library.files.rules import may_change_files
from network.library.queries.found import FoundGuide
from network.library.views.getting import draft, readable

area = Area("files", __name__)
View = Callable[..., Any]


def both(
    rule: str, *, access: Access, draft_access: Access | None = None, methods: tuple[str, ...]
) -> Callable[[View], View]:
    """Register a view under `/library/<slug>/files…` and `/drafts/<id>/files…`; it is given the guide."""

    def register(view: View) -> View:
        @functools.wraps(view)  # By its name the limits on the view are known.
        def of_guide(slug: str, **values: Any) -> Any:
            return view(readable(slug), **values)

        @functools.wraps(view)
        def of_draft(guide_id: int, **values: Any) -> Any:
            return view(draft(guide_id, page="/files"), **values)

        area.add_url_rule(f"/library/<slug>/files{rule}", view.__name__, of_guide, methods=list(methods), access=access)
        area.add_url_rule(
            f"/drafts/<int(max=2147483647):guide_id>/files{rule}",
            f"{view.__name__}_of_draft",
            of_draft,
            methods=list(methods),
            access=draft_access or access,
        )
        return view

    return register


def must_change(found: FoundGuide) -> None:
    """403 for who may read the guide and not change its files."""
    if not may_change_files(g.viewer, found.standing):
        abort(403, description=CANNOT)


from network.library.files.views import adding, changing, listing  # noqa: E402  (views register themselves on the area)

__all__ = ["adding", "area", "changing", "listing"]
