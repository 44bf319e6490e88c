"""An archive of ours, read in the process of its own: what the list shows of it, and the archive itself for later."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from network.library.importing.documents import Limits
from network.library.importing.own import STAYS_OUT, OwnArchive, open_own
from network.library.importing.own_guide import OwnGuide
from network.library.importing.readers import CannotUse
from network.library.incoming.agreed import ARCHIVE

LONGEST_NAMES = 200


def own_list(data: bytes, folder: Path, limits: Limits) -> dict[str, Any] | None:
    """The list of its guides; None when it is no archive of ours. Raises CannotRead when it cannot be used."""
    archive = open_own(io.BytesIO(data), limits)
    if archive is None:
        return None
    lines, refused = _read(archive)
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / ARCHIVE).write_bytes(data)
    return {"documents": lines, "refused": refused, "source": {}, "own": {"network": archive.network}}


def _read(archive: OwnArchive) -> tuple[list[dict[str, Any]], list[list[str]]]:
    lines, refused = [], [[archive.beside, STAYS_OUT]] if archive.beside else []
    for entry in archive.entries:
        try:
            lines.append(_line(archive.guide(entry)))
        except CannotUse as problem:
            refused.append([entry.folder, str(problem)])
    return lines, refused


def _line(own: OwnGuide) -> dict[str, Any]:
    return {
        "path": own.entry.folder,
        "title": own.title,
        "kind": own.kind,
        "words": len(re.findall(r"\w+", own.body)),
        "pictures": len(own.pictures),
        "digest": own.digest,
        "remarks": _remarks(own),
    }


def _remarks(own: OwnGuide) -> list[str]:
    """Whose it is and what comes with it."""
    names = ", ".join(name for name, _ in own.authors)[:LONGEST_NAMES]
    said = [f"Written by {names}."] if names else []
    counts = (("version", len(own.versions)), ("file", len(own.files)))
    more = " and ".join(f"{count} {what}{'s' if count > 1 else ''}" for what, count in counts if count)
    return [*said, f"With {more}."] if more else said
