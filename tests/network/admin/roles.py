"""Who may open the pages of administration: each role at each address."""

from __future__ import annotations

from collections.abc import Iterable

from tests.network.discussions.talk import token
from tests.support.cast import Cast

ROLES = ("visitor", "member", "moderator", "administrator")
REFUSED = {"visitor": 303, "member": 403, "moderator": 403}


def person(cast: Cast, role: str) -> int | None:
    """Somebody of this role; a visitor is nobody."""
    return None if role == "visitor" else cast.person(f"{role.title()} Person", role=role)


def statuses(cast: Cast, role: str, addresses: Iterable[str]) -> dict[str, int]:
    """What each page answers them."""
    client = cast.client(person(cast, role))
    return {address: client.get(address).status_code for address in addresses}


def sent(cast: Cast, role: str, addresses: Iterable[str]) -> dict[str, int]:
    """What each form answers a member or moderator who sends it all the same, with a good token."""
    client = cast.client(person(cast, role))
    right = {"csrf_token": token(client)}
    return {address: client.post(address, data=right).status_code for address in addresses}
