"""What happens to stored files, told to the features whose subjects they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from network.core.events import Event


@dataclass(frozen=True)
class FileEvent(Event):
    """Something happened to a stored file, which belongs to a row of a subject."""

    file_id: int
    subject: str
    subject_id: int


@dataclass(frozen=True)
class FileWaiting(FileEvent):
    """A file is there that nobody gets before the virus scanner has looked at it."""

    name = "file.waiting"


@dataclass(frozen=True)
class FileReady(FileEvent):
    """A file can be had by those who may read what it belongs to."""

    name = "file.ready"


@dataclass(frozen=True)
class FileInfected(FileEvent):
    """The virus scanner found something in a file; it is in quarantine."""

    name = "file.infected"
    found: str
