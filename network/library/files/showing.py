"""How files look on pages: plain mappings that the templates take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from network.attachments.kinds import KINDS
from network.attachments.models import INFECTED, READY, WAITING
from network.attachments.names import size_in_words
from network.core.web.templating import day, iso
from network.library.files.models import WORDS_FAILED
from network.library.files.queries import FileLine

_LABELS = {kind.media_type: kind.label for kind in KINDS.values()}
STATES = {
    WAITING: "Waiting for the virus check. It can be had once it is found clean",
    INFECTED: "A virus was found in it. Nobody can have it",
}


def type_and_size(media_type: str, size: int) -> str:
    """“Word document, 240 KB”"""
    return f"{_LABELS.get(media_type, 'File')}, {size_in_words(size)}"


def file_item(line: FileLine) -> dict[str, Any]:
    """A version of a file; without an address while nobody can have it."""
    return {
        "number": line.number,
        "title": line.title,
        "description": line.description,
        "version": line.version,
        "what": type_and_size(line.media_type, line.size),
        "address": line.address if line.state == READY else "",
        "state": STATES.get(line.state, ""),
        "infected": line.state == INFECTED,
        "when": {"text": day(line.added_at), "datetime": iso(line.added_at)},
        "by": line.added_by,
        "fault": line.fault if line.words_state == WORDS_FAILED else "",
    }


def shown_to(lines: Sequence[FileLine], *, may_change: bool) -> list[FileLine]:
    """Without what is in quarantine, of which only those need to know who look after the guide."""
    return [line for line in lines if may_change or line.state != INFECTED]


def with_versions(
    files: Sequence[Sequence[FileLine]], *, may_change: bool, carried: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """Files with all their versions; what readers have is marked `current`.

    `carried` has the names of those who added versions in another network, as in CarriedGuide.
    """

    def by(line: FileLine) -> str:
        there = (carried or {}).get(f"{line.number}/{line.version}", "")
        return line.added_by or (f"{there} (elsewhere)" if there else "")

    found = []
    for versions in filter(None, (shown_to(lines, may_change=may_change) for lines in files)):
        current = next((line for line in versions if line.state == READY), versions[0])
        items = [{**file_item(line), "by": by(line), "current": line is current} for line in versions]
        found.append({**file_item(current), "versions": items})
    return found
