"""All files of a guide with their versions."""

from __future__ import annotations

from typing import Any

from flask import g, render_template

from network.core.web.access import members, readers
from network.library.carried.queries import past_of
from network.library.files.models import MOST_FILES
from network.library.files.queries import all_versions
from network.library.files.rules import may_change_files
from network.library.files.showing import with_versions
from network.library.files.views import both
from network.library.queries.found import FoundGuide


@both("", access=readers, draft_access=members, methods=("GET",))
def files(found: FoundGuide) -> Any:
    """For readers the list; for who may change it also what can be done."""
    may_change = may_change_files(g.viewer, found.standing)
    versions, past = all_versions(found.id), past_of(found.id)
    shown = with_versions(versions, may_change=may_change, carried=past.facts.get("files") if past else None)
    return render_template(
        "library/files/list.html",
        found=found,
        is_draft=found.standing.state == "draft",
        files=shown,
        may_change=may_change,
        full=len(shown) >= MOST_FILES,
        most=MOST_FILES,
    )
