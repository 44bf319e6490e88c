"""Which addresses outside each guide links to; one that no guide links to any more is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from sqlalchemy import delete, select

from network.core.clock import now
from network.core.db import db
from network.core.once import add_once
from network.library.outside.models import LONGEST_ADDRESS, OutsideAddress, OutsideLink


def keep_outside(guide_id: int, wanted: Mapping[str, str]) -> None:
    """These are the addresses that a guide links to, with the words of each link. In the open transaction."""
    had = words_of_outside(guide_id)
    new = {address: said for address, said in wanted.items() if had.get(address) != said}
    former = _ids(address for address, said in had.items() if wanted.get(address) != said).values()
    db.session.execute(delete(OutsideLink).where(OutsideLink.guide_id == guide_id, OutsideLink.address_id.in_(former)))
    for address in new.keys() - had.keys():
        add_once(OutsideAddress, address=address, host=host_of(address), next_at=now(), **_FRESH)
    ids = _ids(new)
    db.session.add_all(
        OutsideLink(guide_id=guide_id, address_id=ids[address], words=said) for address, said in new.items()
    )
    db.session.flush()
    linked = select(OutsideLink.address_id).where(OutsideLink.address_id.in_(former))
    db.session.execute(delete(OutsideAddress).where(OutsideAddress.id.in_(former), OutsideAddress.id.not_in(linked)))


def words_of_outside(guide_id: int) -> dict[str, str]:
    """The addresses that are kept of a guide, with the words of each link."""
    rows = db.session.execute(
        select(OutsideAddress.address, OutsideLink.words)
        .join(OutsideLink, OutsideLink.address_id == OutsideAddress.id)
        .where(OutsideLink.guide_id == guide_id)
    )
    return {row.address: row.words for row in rows}


def kept(words: Mapping[str, str]) -> dict[str, str]:
    """Those of the addresses that are kept."""
    return {address: said for address, said in words.items() if host_of(address)}


def _ids(addresses: Iterable[str]) -> dict[str, int]:
    query = select(OutsideAddress.address, OutsideAddress.id).where(OutsideAddress.address.in_(list(addresses)))
    return {row.address: row.id for row in db.session.execute(query)}


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
