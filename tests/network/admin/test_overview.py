"""The page that leads to what administrators and moderators look after."""

from __future__ import annotations

import re

import pytest

from tests.network.admin.roles import REFUSED, ROLES, person
from tests.support.cast import Cast

LISTED = re.compile(r'<h2 class="cp-row__title"><a class="govuk-link" href="([^"]+)"')


@pytest.mark.parametrize("role", ROLES)
def test_it_is_for_those_who_look_after_something(cast: Cast, role: str) -> None:
    client = cast.client(person(cast, role))
    keeps = role in ("moderator", "administrator")
    assert ('href="/admin"' in client.get("/about").text) == keeps
    assert client.get("/admin").status_code == (200 if keeps else REFUSED[role])


@pytest.mark.parametrize("role", ["moderator", "administrator"])
def test_everything_on_it_can_be_opened(cast: Cast, role: str) -> None:
    client = cast.client(person(cast, role))
    addresses = LISTED.findall(client.get("/admin").text)
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    for only in ("/admin/topics", "/admin/organisations"):
        assert (only in addresses) == (role == "administrator")
    assert "/admin/searches" in addresses
    assert "/glossary" in addresses
