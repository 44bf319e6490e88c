"""Archives: what one wrote oneself, written while it is sent, and the open library, made ahead."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from flask import Response, g, render_template, send_file, stream_with_context

from network.core.clock import now
from network.core.web.access import members, readers
from network.core.web.limits import limiter, who
from network.portability.archive import written
from network.portability.choosing import my_guides
from network.portability.kept import kept_archive
from network.portability.mine.beside import beside
from network.portability.pipe import Pipe
from network.portability.views import area
from network.subjects.viewer import Viewer

OFTEN = "20 per hour"


@area.get("/library/export", access=readers)
def take_along() -> Any:
    """What can be taken along, and how."""
    mine = len(my_guides(g.viewer)) if g.viewer.signed_in else 0
    return render_template("portability/take_along.html", mine=mine, kept=kept_archive())


@area.get("/library/export/mine.zip", access=members)
@limiter.limit(OFTEN, key_func=who)
def mine() -> Any:
    """All that the viewer wrote: whoever is given the address gets their own, or has to sign in."""
    response = Response(stream_with_context(_sent(my_guides(g.viewer), g.viewer)), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="what-i-wrote-{now():%Y-%m-%d}.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response


@area.get("/library/export/library.zip", access=readers)
@limiter.limit(OFTEN, key_func=who)
def library() -> Any:
    """Whatever everybody may read, as it was last written."""
    kept = kept_archive()
    if kept is None:
        return render_template("portability/take_along.html", mine=0, kept=None), 503
    return send_file(
        kept.path, mimetype="application/zip", as_attachment=True, download_name=f"library-{kept.made:%Y-%m-%d}.zip"
    )


def _sent(ids: list[int], viewer: Viewer) -> Iterator[bytes]:
    """What was written so far, guide by guide, then post by post and so on."""
    pipe = Pipe()
    for _ in written(pipe, ids, viewer, partial(beside, viewer)):
        yield pipe.taken()
    yield pipe.taken()
