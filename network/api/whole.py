"""One guide in full: what its Markdown file says of it, with its texts, its use and what it descends from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort

from network.api.addresses import guide_address, other
from network.api.lines import licence, lines
from network.api.problems import Refused, problem
from network.core.web.addresses import absolute
from network.library import rules
from network.library.actions.ending import by_administrator
from network.library.adoptions.queries.evidence import Evidence, evidence
from network.library.flags.queries import open_flags
from network.library.lineage.queries import Relative, adapted_by, adapted_from
from network.library.queries.found import FoundGuide, guide_by_slug, guide_by_uuid
from network.library.queries.history import version_line, version_text
from network.library.queries.reading import Successor, guide_page
from network.library.views.getting import may_see
from network.portability.links import outward, outward_html, shut
from network.portability.parts import Beside, Other, Whole
from network.portability.reading import whole
from network.portability.texts import fields_of
from network.subjects.viewer import VISITOR

MOST_EVIDENCE = 50


def found(uuid: UUID) -> FoundGuide:
    """The published guide that everybody may read; 404 where there is none, 410 with the reason where it was."""
    guide = guide_by_uuid(uuid)
    if guide is None or not rules.may_know(VISITOR, guide.standing):
        abort(404)
    if guide.standing.state == "withdrawn":
        raise _withdrawn(guide)
    return guide


def in_full(guide_id: int) -> dict[str, Any]:
    """The fields of GuideSchema."""
    guide = whole([guide_id], VISITOR)[0]
    row, said, line = guide.row, fields_of(guide, archive=False), lines([guide_id]).get(guide_id)
    if line is None:  # It was withdrawn or closed between two questions.
        abort(404)
    checked = said.get("checked", {})
    closed = shut([row.body, row.html], VISITOR)
    return {
        **line,
        "organisation": said.get("organisation"),
        "authors": said.get("authors", []),
        "contributors": said.get("contributors", []),
        "tags": said.get("tags", []),
        "source": said.get("source"),
        "permanent": absolute(f"/g/{row.uuid}"),
        "markdown": outward(row.body, closed, {}),
        "html": outward_html(row.html, closed, line["address"]),
        "topics": said.get("topics", []),
        "versions": [{**past, "self": _version_address(row.uuid, past["number"])} for past in said.get("history", [])],
        "files": [_file(file) for file in guide.beside if file.versions],
        "adoptions": _adoptions(guide),
        "trust": {
            **said["trust"],
            "checked_by": checked.get("by"),
            "check_months": checked.get("months"),
            "flags": _flags(guide),
        },
        "superseded_by": other(guide.superseded_by) if guide.superseded_by else None,
        "adapted_from": _origin(guide),
        "adaptations": [_relative(made) for made in _made_of(guide)],
    }


def one_version(guide: FoundGuide, number: int) -> dict[str, Any]:
    """The fields of VersionSchema. 404 for one that never was."""
    text = version_text(guide.id, number)
    if text is None:
        abort(404)
    line, page = version_line(guide.id, number), absolute(f"{guide.address}/history/{number}")
    closed = shut([text.body, text.html], VISITOR)
    return {
        "number": number,
        "date": text.created_at,
        "author": line.author,
        "suggested_by": line.suggested_by,
        "note": text.note,
        "self": _version_address(guide.uuid, number),
        "guide": other(Other(str(guide.uuid), guide.title, guide.slug or "")),
        "address": page,
        "permanent": absolute(f"/g/{guide.uuid}/{number}"),
        "newest": guide.version,
        "title": text.title,
        "summary": text.summary,
        "kind": text.kind,
        "markdown": outward(text.body, closed, {}),
        "html": outward_html(text.html, closed, page),
    }


def _withdrawn(guide: FoundGuide) -> Refused:
    page = guide_page(guide.slug or "")
    if page is None:  # It was taken out between two questions.
        abort(404)
    successor = _named(may_see(page.successor))
    by = "administrator" if by_administrator(guide.id) else "owner"
    said = f"“{guide.title}” was withdrawn by {'an administrator' if by == 'administrator' else 'its owner'}."
    more = {
        "state": "withdrawn",
        "guide": {"uuid": str(guide.uuid), "title": guide.title, "address": absolute(guide.address)},
        "withdrawn": page.withdrawn_at,
        "withdrawn_by": by,
        "reason": page.withdrawn_reason,
        "superseded_by": successor,
    }
    return Refused(problem(410, said, **more))


def _named(successor: Successor | None) -> dict[str, str] | None:
    guide = guide_by_slug(successor.slug) if successor else None
    return other(Other(str(guide.uuid), guide.title, guide.slug or "")) if guide else None


def _version_address(uuid: object, number: int) -> str:
    return f"{guide_address(uuid)}/versions/{number}"


def _flags(guide: Whole) -> list[dict[str, Any]]:
    if guide.row.flagged_at is None:
        return []
    return [{"reason": flag.reason, "by": flag.who, "at": flag.at} for flag in open_flags(guide.row.id)]


def _file(file: Beside) -> dict[str, Any]:
    versions = [
        {
            "number": state.number,
            "date": state.at,
            "author": state.author,
            "name": state.file.filename,
            "type": state.file.media_type,
            "size": state.file.size,
            "sha256": state.file.digest,
            "address": absolute(f"/files/{state.file.name}"),
        }
        for state in file.versions
    ]
    return {"number": file.number, "title": file.title, "description": file.description, "versions": versions}


def _adoptions(guide: Whole) -> dict[str, Any]:
    """Nothing is asked while nobody has said that they use it."""
    row = guide.row
    if not row.adoption_count:
        return {"used_by": row.use_count, "reported": 0, "told": 0, "failed": 0, "stopped": 0, "evidence": []}
    said, told = evidence(row.id, limit=MOST_EVIDENCE)
    numbers = {"used_by": row.use_count, "reported": row.adoption_count, **told._asdict()}
    return {**numbers, "evidence": [_evidence(line) for line in said]}


def _evidence(line: Evidence) -> dict[str, Any]:
    return {
        "organisation": line.organisation,
        "organisation_slug": line.organisation_slug,
        "person": line.reporter,
        "result": line.result,
        "text": line.text,
        "hidden": line.hidden_reason,
        "since": line.month,
        "stopped": line.stopped_on,
        "own": line.own,
    }


def _origin(guide: Whole) -> dict[str, Any] | None:
    """What it was made from. The credit stays when that is withdrawn."""
    row = guide.row
    origin = adapted_from(VISITOR, row.adapted_from_id) if row.adapted_from_id is not None else None
    if origin is None:
        return None
    return {**_relative(origin), **(other(guide.adapted_from) if guide.adapted_from else {})}


def _made_of(guide: Whole) -> list[Relative]:
    return adapted_by(VISITOR, guide.row.id) if guide.row.adaptation_count else []


def _relative(guide: Relative) -> dict[str, Any]:
    return {
        "title": guide.title,
        "address": absolute(f"/library/{guide.slug}") if guide.state == "published" else "",
        "owner": guide.owner,
        "organisation": guide.organisation,
        "licence": licence(guide.licence),
    }
