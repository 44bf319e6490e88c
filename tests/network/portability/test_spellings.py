"""The address of a closed guide tells its title: it is nowhere in what everybody reads, however it was spelled."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from network.core.web.addresses import own_path
from network.core.worker import drain
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast

WHERE = (
    "/library/open",
    "/library/open/history/1",
    "/library/open.md",
    "/library/open.html",
    "/library/feed.atom",
    "/library/feed.json",
    "/search?q=spoons",
    "/search?q=now",
    "/api/v1/guides/{uuid}",
    "/api/v1/guides/{uuid}/versions/1",
)


@pytest.mark.parametrize(
    "written",
    [
        "[see]({host}/library/{slug})",
        "[see]({host}/library/{slug}/history/1)",
        "[see](/library/{slug}?from=here)",
        "[/library/{slug}](/library/{slug})",
        "<{host}/library/{slug}>",
        "Read {host}/library/{slug}#costs now",
        "[see][1]\n\n[1]: {host}/library/{slug}",
    ],
)
def test_no_spelling_tells_a_closed_guide(app: Flask, cast: Cast, shelf: Shelf, client: Any, written: str) -> None:
    priya = cast.person()
    leads = cast.group("leads", closed=True, members=(priya,))
    slug = shelf.guide(priya, "Secret spoons", group_id=leads).slug
    uuid = shelf.guide(priya, "Open", body=written.format(host=app.config["BASE_URL"], slug=slug)).uuid
    drain(app)
    for address in WHERE:
        answer = client.get(address.format(uuid=uuid))
        assert answer.status_code == 200, address
        assert slug not in answer.get_data(as_text=True), address
    # Whoever may read it follows the link.
    assert slug in cast.client(priya).get("/library/open").get_data(as_text=True)


@pytest.mark.parametrize("spelling", ["{}", "{upper}", "{other}", "//{host}"])
def test_our_own_address_is_known_in_any_spelling(app: Flask, spelling: str) -> None:
    with app.app_context():
        base = app.config["BASE_URL"]
        scheme, _, host = base.partition("://")
        other = ("http" if scheme == "https" else "https") + f"://{host}"
        origin = spelling.format(base, upper=base.upper(), other=other, host=host)
        assert own_path(f"{origin}/library/x?y#z") == "/library/x?y#z"
        assert own_path("https://elsewhere.example/library/x") is None
        assert own_path("library/x") is None
