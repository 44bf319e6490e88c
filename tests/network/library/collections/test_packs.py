"""A collection becomes a pack of those of its guides that the reader may read."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from network.library.collections.views import reading
from network.portability.paper import MOST_GUIDES
from network.portability.views.packs import LONGEST_TITLE
from tests.network.library.collections.conftest import Curator
from tests.support.cast import Cast


def pack_of(client: Any, address: str) -> str:
    found = re.search(r'href="(/packs/new[^"]*)">Print as a pack', client.get(address).get_data(as_text=True))
    return unescape(found[1]) if found else ""


def test_the_pack_holds_what_the_reader_may_read_and_names_how_many(
    curator: Curator, cast: Cast, monkeypatch: Any
) -> None:
    owen, priya = cast.person("Owen Pritchard"), cast.person("Priya Raman")
    closed = cast.group("cases", closed=True, facilitators=(owen,))
    secret = curator.shelf.guide(owen, "Zebrafinch", group_id=closed)
    first, second = curator.shelf.guide(owen, "First"), curator.shelf.guide(priya, "Second")
    collection = curator.begin(owen, "Week one & two")
    at = f"/collections/{collection.slug}"
    assert pack_of(cast.client(), at) == ""
    for guide in (secret, second, first):
        curator.add(owen, collection, guide)
    visitor = pack_of(cast.client(), at)
    assert visitor == f"/packs/new?guide={second.slug}&guide={first.slug}&title=Week+one+%26+two"
    assert secret.slug in pack_of(cast.client(owen), at)
    page = cast.client().get(visitor).get_data(as_text=True)
    assert page.count("checked aria-describedby") == 2
    assert "Week one &amp; two" in page
    assert "with its 2 guides." in cast.client().get(at).get_data(as_text=True)
    monkeypatch.setattr(reading, "MOST_IN_A_PACK", 1)
    assert "with the first 1 of the 2 guides." in cast.client().get(at).get_data(as_text=True)


def test_a_pack_takes_as_many_guides_as_packs_do() -> None:
    assert (reading.MOST_IN_A_PACK, reading.LONGEST_PACK_TITLE) == (MOST_GUIDES, LONGEST_TITLE)
