"""What a writer gives for a guide, ready to be kept: the views, the importer and the demo loader all fill this in.

Rendering is slow, so it is done before the transaction begins; actions only keep its result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from flask import current_app

from network.core.licences import LICENCES, Licence
from network.core.text.links import LinkPolicy
from network.core.text.markdown import Rendered, render
from network.core.text.slugs import fold
from network.library.models import OTHER_LICENCE

MAX_TOPICS = 5
MAX_TAGS = 10
MAX_CO_AUTHORS = 20
MAX_BYTES = 256 * 1024


@dataclass(frozen=True, kw_only=True)
class Content:
    """A guide's text and how it is filed.

    `rendered` is what `lay_out(body)` gave. `kind` and `language` are keys of KINDS and LANGUAGES.
    `licence` is a key of LICENCES, or "other" with a name and, if there is one, an address. At most
    MAX_TOPICS topics and MAX_TAGS tags.
    """

    title: str
    body: str
    rendered: Rendered
    licence: str
    summary: str = ""
    kind: str = "guide"
    language: str = "en"
    licence_name: str = ""
    licence_address: str = ""
    topic_ids: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()


class Source(NamedTuple):
    """Where an imported guide was first published:

    the id of the ImportSource, its path there, and what was read.
    """

    id: int
    path: str
    digest: str


def lay_out(body: str) -> Rendered:
    """A guide's Markdown as its page shows it: the highest headings stand right under the title."""
    return render(body, links=LinkPolicy(own_origin=current_app.config["BASE_URL"]))


def lay_out_preview(body: str) -> Rendered:
    """The same on a page that has headings of its own: one level lower, with ids that meet no others."""
    links = LinkPolicy(own_origin=current_app.config["BASE_URL"])
    return render(body, links=links, heading_offset=1, id_prefix="preview-")


def licence_shown(licence: str, name: str, address: str) -> Licence:
    """What readers see of a guide's licence; the address may be empty for one that is not in the list."""
    return Licence(name, address) if licence == OTHER_LICENCE else LICENCES[licence]


def sort_title(title: str) -> str:
    """The title as A to Z compares it: small letters without accents, without quotation marks in front."""
    return fold(title).lower().lstrip("\"'“‘( ")[:150]
