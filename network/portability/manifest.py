"""What an archive says of itself: to people in README.txt, to programs in manifest.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import current_app

from network.core.clock import now
from network.library.checks import today
from network.library.importing.documents import OWN_FORMAT
from network.library.importing.own import FORMAT_VERSION
from network.portability.parts import Whole

README = "README.txt"
ABOUT = """This archive holds guides of {site} ({address}), written on {day}.

Each folder under "guides" is one guide: guide.md is its newest text with its title, credits, licence and history at
the top; "versions" are the older texts, "pictures" and "files" what belongs to it. manifest.json lists them all.

Each guide says under which licence it may be used. Give the credit that stands there.

Another network takes this archive in as it is: flask import guides ARCHIVE --as EMAIL --publish
"""
BESIDE = """
It is one person's own. Besides their guides it holds what they wrote elsewhere, which no import brings in:

index.html        all of it by title; open it in a browser
posts             each post in a discussion and each comment, under the address of its page
suggestions       the changes to guides that they proposed, with reason and outcome
edits             edits of published guides that they have not finished
adoptions.csv     which guides they said are used where they work; adoptions.json says the same to programs
collections.json  the collections that they keep alone, with their notes
flags.json        what they said of guides that are out of date
profile.json      their profile, with the photo beside it

What somebody who keeps order hid is named without its text. Of what others said in a closed group that they have left
nothing is here.
"""
MISSING = """
These could not be written and are missing:
{titles}
"""


class LeftOut(NamedTuple):
    """A guide that could not be written."""

    uuid: str
    title: str


def entry(guide: Whole) -> dict[str, str]:
    """A guide's line in the manifest."""
    line = {"uuid": str(guide.row.uuid), "folder": f"guides/{guide.folder}", "title": guide.row.title}
    return {**line, "slug": guide.row.slug} if guide.row.slug else line


def about(left_out: Sequence[LeftOut], others: Mapping[str, int]) -> str:
    """The words of README.txt. `others` counts, by folder or file, what lies beside the guides."""
    words = ABOUT.format(site=_site(), address=_address(), day=today())
    words += BESIDE if others else ""
    titles = "\n".join(f"- {one.title}" for one in left_out)
    return words + MISSING.format(titles=titles) if left_out else words


def manifest(guides: list[dict[str, str]], left_out: Sequence[LeftOut], others: Mapping[str, int]) -> dict[str, object]:
    """What manifest.json says, the format first: by that it is known."""
    missing = {"left_out": [one._asdict() for one in left_out]} if left_out else {}
    beside = {"beside": dict(others)} if others else {}
    return {
        "format": OWN_FORMAT,
        "version": FORMAT_VERSION,
        "made": now().isoformat(timespec="seconds"),
        "site": {"name": _site(), "address": _address()},
        **missing,
        **beside,
        "guides": guides,
    }


def _site() -> str:
    return str(current_app.config["SITE_NAME"])


def _address() -> str:
    return str(current_app.config["BASE_URL"])
