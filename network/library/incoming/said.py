"""What the files of an import say themselves of licence and topics, as the list shows it before anything comes in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from network.core.licences import Licence
from network.library.content import licence_shown
from network.library.filing import Filed, filed, licence_kept
from network.library.importing.documents import SaidLicence
from network.vocabulary.queries import TopicRow, topics_named


class Said(NamedTuple):
    """A file's own licence and topics; empty where it leaves them to what is chosen for all."""

    licence: Licence | None
    topics: tuple[TopicRow, ...]


def licence_in(read: Mapping[str, Any]) -> SaidLicence | None:
    """The licence that a guide keeps of its file."""
    return licence_kept(SaidLicence(*read.get("licence", ())))


def topics_in(read: Mapping[str, Any], chosen: list[TopicRow], named: Mapping[str, TopicRow]) -> Filed:
    """The topics that a guide gets."""
    return filed(read.get("topics", ()), chosen, named)


def said_by(found: Mapping[str, Any]) -> dict[int, Said]:
    """By the numbers of the files, for those that say anything of it."""
    named = topics_named()
    said = {}
    for number, line in enumerate(found.get("documents", ())):
        licence, topics = licence_in(line), topics_in(line, [], named).topics
        if licence or topics:
            said[number] = Said(licence_shown(*licence) if licence else None, topics)
    return said
