"""`/files/<name>`: a stored file, for those who may read what it belongs to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import abort, g, send_file

from network.attachments.queries import readable_file
from network.core.storage.choosing import storage
from network.core.web.access import readers
from network.core.web.area import Area

INLINE = {"image/png", "image/webp"}
YEAR = 31_536_000

area = Area("attachments", __name__)


@area.get("/files/<name>", access=readers)
def file(name: str) -> Any:
    """Our own pictures are shown, everything else is handed over to be saved. Unknown and closed look the same."""
    found = readable_file(name, g.viewer)
    source = storage().source(name) if found else None
    if found is None or source is None:
        abort(404)
    response = send_file(
        source,
        mimetype=found.media_type,
        as_attachment=found.media_type not in INLINE,
        download_name=found.filename,
        etag=found.digest,
        max_age=None,
    )
    if not isinstance(source, Path) and response.status_code == 200:
        response.content_length = found.size
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if not g.get("keep_nothing", False):
        # The name is of this content for ever; "private", because some are for a group only.
        response.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    else:
        response.headers["Cache-Control"] = "no-store"
    return response
