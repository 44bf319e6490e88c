"""Which addresses outside each guide links to; one that no guide links to any more is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from sqlalchemy import delete, select

from network.core.clock import now
from network.core.db import db
from network.core.once import add_once
from network.library.outside.models import LONGEST_ADDRESS, OutsideAddress, OutsideLink


def keep_outside(guide_id: int, words: Mapping[str, str]) -> None:
    """These are the addresses that a guide links to, with the words of each link. In the open transaction."""
    wanted = kept(words)
    had = {
        row.address: row.id
        for row in db.session.execute(
            select(OutsideAddress.address, OutsideAddress.id)
            .join(OutsideLink, OutsideLink.address_id == OutsideAddress.id)
            .where(OutsideLink.guide_id == guide_id)
        )
    }
    db.session.execute(delete(OutsideLink).where(OutsideLink.guide_id == guide_id))
    for address, said in wanted.items():
        add_once(OutsideAddress, address=address, host=host_of(address), next_at=now(), **_FRESH)
        address_id = db.session.scalars(select(OutsideAddress.id).where(OutsideAddress.address == address)).one()
        db.session.add(OutsideLink(guide_id=guide_id, address_id=address_id, words=said))
    db.session.flush()
    for address, address_id in had.items():
        others = select(OutsideLink.guide_id).where(OutsideLink.address_id == address_id)
        if address not in wanted and db.session.scalar(others.limit(1)) is None:
            db.session.execute(delete(OutsideAddress).where(OutsideAddress.id == address_id))


def kept(words: Mapping[str, str]) -> dict[str, str]:
    """Those of the addresses that are kept."""
    return {address: said for address, said in words.items() if host_of(address)}


def addresses_of(guide_id: int) -> set[str]:
    """The addresses that are kept of a guide."""
    return set(
        db.session.scalars(
            select(OutsideAddress.address)
            .join(OutsideLink, OutsideLink.address_id == OutsideAddress.id)
            .where(OutsideLink.guide_id == guide_id)
        )
    )


def host_of(address: str) -> str:
    """The host of a web address that may be kept and asked; empty for any other."""
    if len(address) > LONGEST_ADDRESS:
        return ""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.scheme in ("http", "https") else ""
    except (ValueError, UnicodeError):
        return ""
    return host if len(host) <= 255 else ""


_FRESH = {"state": "unchecked", "moved_to": "", "said": "", "failures": 0}
