"""A guide as Markdown with front matter, and its older versions alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import yaml

from network.core.web.addresses import absolute
from network.portability.parts import Beside, File, Other, Version, Whole, slug_of
from network.portability.states import states
from network.portability.stored import name_of

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
PICTURES, FILES = "pictures", "files"
SHOWN = ("image/png", "image/webp")


class Text(NamedTuple):
    """What an archive holds at a path."""

    path: str
    words: str | bytes
    at: datetime


def front_matter(fields: dict[str, Any], body: str) -> str:
    """Fields in the order given, then the body as it was written; importing.own.front_matter takes it apart again."""
    head = yaml.dump(fields, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=110)
    return f"---\n{head}---\n\n{body}"


def path_of(file: File) -> str:
    """Where a file lies in its guide's folder; named by its bytes, so that it is called the same everywhere."""
    ending = file.name.rpartition(".")[2]
    folder = PICTURES if file.media_type in SHOWN and not file.beside else FILES
    return f"{folder}/{name_of(file.digest)}.{ending}"


def fields_of(guide: Whole, *, archive: bool) -> dict[str, Any]:
    """What the front matter says. In an archive also what bringing it in again needs."""
    row = guide.row
    past = guide.past.facts if guide.past else {}
    fields: dict[str, Any] = {
        "uuid": str(row.uuid),
        "title": row.title,
        "summary": row.summary,
        "kind": row.kind,
        "language": row.language,
        "state": row.state,
        "version": row.version,
        "published": time_of(row.published_at),
        "updated": time_of(row.updated_at),
        "address": absolute(f"/library/{row.slug}") if row.state == "published" else None,
        "withdrawn": filled({"on": time_of(row.withdrawn_at), "reason": row.withdrawn_reason}),
        "checked": _checks(guide),
        "owner": dict(zip(("kind", "name"), guide.owner, strict=True)),
        "organisation": row.organisation or past.get("organisation") or None,
        "authors": [{"name": name, "organisation": place} for name, place in guide.authors],
        "contributors": _contributors(guide),
        "topics": [{"slug": slug, "name": name} for slug, name in guide.topics],
        "tags": guide.tags,
        "licence": {"id": row.licence, "name": guide.licence.name, "address": guide.licence.address},
        "source": _source(guide),
        "superseded_by": _other(guide.superseded_by),
        "adapted_from": _other(guide.adapted_from),
        "history": [_history(version) for version in guide.versions],
    }
    if not archive and row.state == "published":
        # What others say of it here is no part of a guide that goes to another network.
        fields["trust"] = states(row, slug_of(guide.superseded_by))
    if archive:
        fields["pictures"] = [_listed(file) for file in guide.pictures]
        fields["files"] = [_beside(one) for one in guide.beside]
    return filled(fields)


def filled(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields without those that are empty."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def version_fields(version: Version) -> dict[str, Any]:
    """What the front matter of an older version says; the rest stands in the guide's history."""
    return {
        "number": version.number,
        "title": version.title,
        "summary": version.summary,
        "kind": version.kind,
    }


def _history(version: Version) -> dict[str, Any]:
    said = {
        "number": version.number,
        "date": time_of(version.at),
        "author": version.author,
        "suggested_by": version.suggested_by,
        "note": version.note,
    }
    return {name: value for name, value in said.items() if value}


def _contributors(guide: Whole) -> list[str]:
    """Whose suggested changes are in it and who is no author."""
    authors = {name for name, _ in guide.authors}
    return sorted({version.suggested_by for version in guide.versions} - authors - {""})


def _checks(guide: Whole) -> dict[str, Any]:
    row = guide.row
    by = row.checked_by or (guide.past.facts.get("checked_by", "") if guide.past else "")
    said = {
        "on": time_of(row.checked_at),
        "by": by if row.checked_at else "",
        "due": row.check_due.isoformat() if row.check_due else None,
        "months": row.check_months,
    }
    return {name: value for name, value in said.items() if value}


def _source(guide: Whole) -> dict[str, str] | None:
    """Who published it first, when that is neither this network nor the one it came from."""
    row = guide.row
    if row.source_name is None or (guide.past and not guide.past.has_source):
        return None
    return {
        "name": row.source_name,
        "address": row.source_address,
        "licence": row.source_licence,
        "path": row.source_path or "",
    }


def _listed(file: File) -> dict[str, Any]:
    return {
        "path": path_of(file),
        "name": file.filename,
        "type": file.media_type,
        "size": file.size,
        "sha256": file.digest,
    }


def _beside(one: Beside) -> dict[str, Any]:
    """A file beside the text with its versions, oldest first."""
    said = {"number": one.number, "title": one.title, "description": one.description}
    versions = [
        {
            "number": state.number,
            "date": time_of(state.at),
            **({"author": state.author} if state.author else {}),
            **_listed(state.file),
        }
        for state in one.versions
    ]
    return {**{name: value for name, value in said.items() if value}, "versions": versions}


def _other(other: Other | None) -> dict[str, str] | None:
    return {"uuid": other.uuid, "title": other.title, "address": absolute(f"/library/{other.slug}")} if other else None


def time_of(moment: datetime | None) -> str | None:
    """A moment as front matter and JSON say it."""
    return moment.isoformat() if moment else None
