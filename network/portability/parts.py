"""What a guide consists of when it leaves, in whichever form."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row

from network.library.carried.models import CarriedGuide
from network.library.content import licence_shown


class Version(NamedTuple):
    """A version of a guide; `author` and `suggested_by`, who proposed it, are names, empty where nobody is known.
    `body` is empty where older texts were not wanted.
    """

    number: int
    title: str
    summary: str
    kind: str
    note: str
    author: str
    author_id: int | None
    suggested_by: str
    at: datetime
    body: str


class File(NamedTuple):
    """A file that belongs to a guide, under its name in the storage; `beside` its text, or a picture in it."""

    name: str
    filename: str
    media_type: str
    size: int
    digest: str
    beside: bool


class FileState(NamedTuple):
    """A version of a file beside the text; `author` is a name, empty where nobody is known."""

    number: int
    at: datetime
    author: str
    file: File


@dataclass
class Beside:
    """A file beside the text, as the guide's readers know it, with those of its versions that can be had."""

    number: int
    title: str
    description: str
    versions: list[FileState] = field(default_factory=list)


class Other(NamedTuple):
    """Another guide that this one leads to, as far as the reader of the file may know it."""

    uuid: str
    title: str
    slug: str


def slug_of(other: Other | None) -> str | None:
    """What its address is made of; None without one."""
    return other.slug if other else None


@dataclass
class Whole:
    """A guide with what belongs to it. `row` has its own columns and the names of its owner, place and source."""

    row: Row[*tuple[Any, ...]]
    past: CarriedGuide | None
    authors: list[tuple[str, str]] = field(default_factory=list)
    topics: list[tuple[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    pictures: list[File] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    superseded_by: Other | None = None
    adapted_from: Other | None = None

    @property
    def licence(self) -> Any:
        """Its name and address as readers see them."""
        return licence_shown(self.row.licence, self.row.licence_name, self.row.licence_address)

    @property
    def owner(self) -> tuple[str, str]:
        """Kind and name of who looks after it."""
        row = self.row
        if row.owner_person_id is not None:
            return "person", row.person_name or ""
        return (
            ("group", row.owner_group or "") if row.owner_group_id else ("organisation", row.owner_organisation or "")
        )

    @property
    def files(self) -> list[File]:
        """Everything that is stored for it: pictures, then the files beside the text in all their versions."""
        return [*self.pictures, *(state.file for one in self.beside for state in one.versions)]

    @property
    def folder(self) -> str:
        """What its folder in an archive is called."""
        return self.row.slug or f"draft-{self.row.uuid}"

    @property
    def closed_group(self) -> str:
        """The closed group whose members alone may read it; empty when everybody may."""
        return (self.row.belongs_name or "") if self.row.openness == "closed" else ""
