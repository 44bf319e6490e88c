"""What reading an import gives: documents, and what was left out and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

OWN_FORMAT = "common-practice/library"
"""What the manifest of an archive of ours calls itself."""

Progress = Callable[[int, int], None]
"""Called with how many files are done and how many there are."""


@dataclass(frozen=True)
class Limits:
    """What an import may weigh, in bytes and files, and what fits a guide, in characters."""

    packed: int = 50 * 1024 * 1024
    unpacked: int = 200 * 1024 * 1024
    files: int = 2_000
    file: int = 10 * 1024 * 1024
    manifest: int = 10 * 1024 * 1024
    guide: int = 256 * 1024
    title: int = 150
    summary: int = 300
    tags: int = 10


@dataclass(frozen=True)
class SourceFile:
    """One file of an import: its path with forward slashes, without a leading one, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True)
class Refusal:
    """Something that was not taken in, and the reason in words."""

    path: str
    reason: str


@dataclass(frozen=True)
class Source:
    """Where guides come from. licence is an id such as OGL-UK-2.0, or the words found when they name none
    we know.
    """

    name: str = ""
    address: str = ""
    licence: str = ""


class SaidLicence(NamedTuple):
    """The licence that a file names: the id of one we know, or else its name and link as they stand there."""

    id: str = ""
    name: str = ""
    address: str = ""

    @property
    def unknown(self) -> bool:
        """Is it one that we neither know nor can link to?"""
        return bool(self.name) and not self.id and not self.address


@dataclass(frozen=True)
class ImportedDocument:
    """One guide as it was read.

    path: its place in the source, which with the source's name is its identity. body_markdown: our
    Markdown; links to other guides of the same import read ``guide:<path>`` and pictures ``picture:<path>``
    until ``addresses.resolve_links`` puts real addresses in. language: as in ``en`` or ``fr``. updated:
    YYYY-MM-DD or nothing. pictures: by the same path as in the body. remarks: what the importer should
    know, one sentence each. licence and topics: what the file itself says of them. lost_most:
    its site put the main part in by program, so that hardly any text is left.
    """

    path: str
    title: str
    summary: str
    body_markdown: str
    language: str
    tags: tuple[str, ...] = ()
    kind: str = "guide"
    updated: str = ""
    pictures: dict[str, bytes] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    lost_most: bool = False
    licence: SaidLicence = field(default_factory=SaidLicence)
    topics: tuple[str, ...] = ()

    @property
    def content_hash(self) -> str:
        """Changes whenever anything that a reader would see changes."""
        pictures = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(self.pictures.items())}
        seen = [self.title, self.summary, self.body_markdown, self.language, self.tags, self.kind, pictures]
        if any(self.licence) or self.topics:  # Files that say nothing of it keep the hash that earlier imports kept.
            seen += [self.licence, self.topics]
        return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Reading:
    """Everything an import gave: where from, the documents in order of path, and what was skipped and why."""

    source: Source
    documents: tuple[ImportedDocument, ...]
    skipped: tuple[Refusal, ...]
