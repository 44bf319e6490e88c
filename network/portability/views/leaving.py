"""How to leave: what can be taken along, where it can be put back in, and what becomes of an account."""

from __future__ import annotations

from typing import Any

from flask import g, render_template

from network.core.web.access import everyone, readers
from network.library.importing.documents import Limits
from network.portability.kept import kept_archive
from network.portability.views import area


@area.get("/leaving", access=everyone)
def leaving() -> Any:
    """The promise that nobody is kept here, with the day on which the open library was last written out."""
    may_read = readers.allows(g.viewer)
    return render_template(
        "portability/leaving.html",
        may_read=may_read,
        kept=kept_archive() if may_read else None,
        most=Limits().packed // 1024 // 1024,
    )
