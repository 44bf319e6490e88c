"""One guide of an archive of ours, as its front matter tells it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from network.library.checks import LONGEST_MONTHS
from network.library.importing.documents import Limits
from network.library.importing.readers import CannotUse

MOST_VERSIONS = 10_000
MOST_LISTED = 200
YEARS = range(1900, 2101)
LONGEST_FILE_TITLE, LONGEST_DESCRIPTION = 150, 300
ITS_OWN = ("owner", "address")
"""What is another matter in each network, and no reason to bring a guide in anew."""
Text = Callable[[str], tuple[dict[str, Any], str]]
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,88}[a-z0-9])?\Z")


@dataclass(frozen=True)
class Entry:
    """A line of the manifest: which guide lies in which folder. `slug` is empty for a draft without an address."""

    uuid: UUID
    folder: str
    slug: str
    title: str

    @classmethod
    def of(cls, listed: object) -> Entry | None:
        """The entry that the manifest's line means, if it means one."""
        if not isinstance(listed, dict) or not isinstance(listed.get("folder"), str):
            return None
        slug = line(listed.get("slug"), 90)
        try:
            uuid = UUID(str(listed.get("uuid")))
        except ValueError:
            return None
        return cls(uuid, listed["folder"], slug if _SLUG.match(slug) else "", line(listed.get("title"), 150))


@dataclass(frozen=True)
class Listed:
    """A file of a guide: its path in the guide's folder, the name people know, and what its bytes are."""

    path: str
    name: str
    sha256: str


@dataclass(frozen=True)
class OwnFileVersion:
    """A version of a file beside the text; `author` is a name."""

    number: int
    author: str
    at: datetime
    listed: Listed


@dataclass(frozen=True)
class OwnFile:
    """A file beside the text with its versions, oldest first."""

    number: int
    title: str
    description: str
    versions: tuple[OwnFileVersion, ...]


@dataclass(frozen=True)
class OwnVersion:
    """A version as it was; `author` and `suggested_by` are names."""

    number: int
    title: str
    summary: str
    kind: str
    note: str
    author: str
    suggested_by: str
    at: datetime
    body: str


@dataclass(frozen=True)
class OwnGuide:
    """A guide with all its versions, oldest first; a draft has none."""

    entry: Entry
    state: str
    title: str
    summary: str
    kind: str
    language: str
    body: str
    published: datetime | None
    updated: datetime
    checked: datetime | None
    checked_by: str
    check_due: date | None
    check_months: int | None
    owner: str
    organisation: str
    authors: tuple[tuple[str, str], ...]
    topics: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    licence: tuple[str, str, str]
    source: tuple[str, str, str, str] | None
    superseded_by: UUID | None
    adapted_from: UUID | None
    versions: tuple[OwnVersion, ...]
    pictures: tuple[Listed, ...]
    files: tuple[OwnFile, ...]
    digest: str


def guide_of(entry: Entry, fields: dict[str, Any], body: str, text: Text, limits: Limits) -> OwnGuide:
    """The guide that its files tell of. Raises CannotUse when what a guide must have is missing or too long."""
    title = line(fields.get("title"), limits.title)
    updated = _moment(fields.get("updated"))
    if str(fields.get("uuid")) != str(entry.uuid) or not title or updated is None:
        raise CannotUse("its front matter lacks what a guide must have")
    if len(body.encode()) > limits.guide:
        raise CannotUse(f"longer than a guide may be ({limits.guide // 1024} KB)")
    state = "published" if fields.get("state") == "published" else "draft"
    versions = _versions(fields, body, text, limits) if state == "published" or fields.get("history") else ()
    checked = _dict(fields.get("checked"))
    return OwnGuide(
        entry=entry,
        state=state,
        title=title,
        summary=line(fields.get("summary"), limits.summary),
        kind=line(fields.get("kind"), 20),
        language=line(fields.get("language"), 8) or "en",
        body=body,
        published=_moment(fields.get("published")),
        updated=updated,
        checked=_moment(checked.get("on")),
        checked_by=line(checked.get("by"), 100),
        check_due=_day(checked.get("due")),
        check_months=_whole(checked.get("months"), LONGEST_MONTHS + 1),
        owner=line(_dict(fields.get("owner")).get("name"), 150),
        organisation=line(fields.get("organisation"), 150),
        authors=_pairs(fields.get("authors"), "name", "organisation"),
        topics=_pairs(fields.get("topics"), "slug", "name"),
        tags=tuple(dict.fromkeys(line(tag, 60) for tag in _list(fields.get("tags")) if line(tag, 60)))[: limits.tags],
        licence=_licence(_dict(fields.get("licence"))),
        source=_source(_dict(fields.get("source"))),
        superseded_by=_uuid(_dict(fields.get("superseded_by")).get("uuid")),
        adapted_from=_uuid(_dict(fields.get("adapted_from")).get("uuid")),
        versions=versions,
        pictures=tuple(_listed(one) for one in map(_dict, _list(fields.get("pictures")))),
        files=_files(fields),
        digest=_digest(fields, [body, *(version.body for version in versions)]),
    )


def _versions(fields: Mapping[str, Any], body: str, text: Text, limits: Limits) -> tuple[OwnVersion, ...]:
    """The newest is the guide's own text; each of the others lies in a file."""
    listed = sorted(
        (one for one in map(_dict, _list(fields.get("history"), MOST_VERSIONS)) if _whole(one.get("number"), 2**31)),
        key=lambda one: int(one["number"]),
    )
    if not listed:
        raise CannotUse("it has no versions")
    if len({one["number"] for one in listed}) < len(listed):
        raise CannotUse("a version is listed twice")
    found = []
    for one in listed:
        at = _moment(one.get("date"))
        said, words = (dict(fields), body) if one is listed[-1] else text(f"versions/{int(one['number'])}.md")
        if at is None or len(words.encode()) > limits.guide:
            raise CannotUse(f"version {one['number']} cannot be read")
        found.append(
            OwnVersion(
                number=int(one["number"]),
                title=line(said.get("title"), limits.title),
                summary=line(said.get("summary"), limits.summary),
                kind=line(said.get("kind"), 20),
                note=line(one.get("note"), 300),
                author=line(one.get("author"), 100),
                suggested_by=line(one.get("suggested_by"), 100),
                at=at,
                body=words,
            )
        )
    return tuple(found)


def _files(fields: Mapping[str, Any]) -> tuple[OwnFile, ...]:
    """The files beside the text in their order; of what is listed twice the first."""
    found: dict[int, OwnFile] = {}
    for one in map(_dict, _list(fields.get("files"))):
        number, title = _whole(one.get("number"), MOST_VERSIONS), line(one.get("title"), LONGEST_FILE_TITLE)
        versions = {version.number: version for version in reversed(_file_versions(one)) if version is not None}
        if number and title and versions:
            states = tuple(versions[key] for key in sorted(versions))
            found.setdefault(number, OwnFile(number, title, line(one.get("description"), LONGEST_DESCRIPTION), states))
    return tuple(found.values())


def _file_versions(said: Mapping[str, Any]) -> list[OwnFileVersion | None]:
    def version(one: Mapping[str, Any]) -> OwnFileVersion | None:
        number, at = _whole(one.get("number"), MOST_VERSIONS), _moment(one.get("date"))
        return OwnFileVersion(number, line(one.get("author"), 100), at, _listed(one)) if number and at else None

    return [version(one) for one in map(_dict, _list(said.get("versions")))]


def _listed(one: Mapping[str, Any]) -> Listed:
    return Listed(line(one.get("path"), 240), line(one.get("name"), 200), line(one.get("sha256"), 64))


def _digest(fields: Mapping[str, Any], bodies: list[str]) -> str:
    said = {name: value for name, value in fields.items() if name not in ITS_OWN}
    others = {name: _dict(fields.get(name)).get("uuid") for name in ("superseded_by", "adapted_from")}
    seen = json.dumps([said | others, bodies], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(seen.encode()).hexdigest()


def _licence(said: Mapping[str, Any]) -> tuple[str, str, str]:
    return line(said.get("id"), 40), line(said.get("name"), 100), web_address(said.get("address"))


def _source(said: Mapping[str, Any]) -> tuple[str, str, str, str] | None:
    if not (name := line(said.get("name"), 200)):
        return None
    return name, web_address(said.get("address")), line(said.get("licence"), 40), line(said.get("path"), 500)


def web_address(value: object) -> str:
    """An address on the web; nothing else may become a link."""
    address = line(value, 500)
    return address if address.startswith(("https://", "http://")) and " " not in address else ""


def line(value: object, length: int) -> str:
    """One line of signs that can be printed."""
    if not isinstance(value, str | int):
        return ""
    return " ".join("".join(sign for sign in str(value) if sign.isprintable() or sign.isspace()).split())[:length]


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object, most: int = MOST_LISTED) -> list[Any]:
    return value[:most] if isinstance(value, list) else []


def _pairs(value: object, first: str, second: str) -> tuple[tuple[str, str], ...]:
    found = ((line(one.get(first), 150), line(one.get(second), 150)) for one in map(_dict, _list(value)))
    return tuple(pair for pair in found if pair[0])


def _whole(value: object, most: int) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < most else None


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _moment(value: object) -> datetime | None:
    """A time with its zone; times without one are nobody's, and at the ends of the calendar no zone can be reckoned."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    known = found is not None and found.tzinfo is not None and found.year in YEARS
    return found if known else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
