"""The link in a mail that stops mails about suggestions to one guide: signed, so that it needs no sign-in."""

from __future__ import annotations

from sqlalchemy import delete

from network.core.db import db
from network.core.once import add_once
from network.core.signed import read_signed, sign
from network.core.web.addresses import absolute
from network.library.suggestions.models import SuggestionMute

KIND = "suggestion-stop"


def stop_address(guide_id: int, person_id: int) -> str:
    """Where one person stops mails about one guide."""
    return absolute(f"/suggestions/stop/{sign(KIND, [guide_id, person_id])}")


def read_stop(token: str) -> tuple[int, int] | None:
    """Guide and person of a link; None for anything that we did not sign."""
    content = read_signed(KIND, token)
    return (int(content[0]), int(content[1])) if content is not None else None


def mute(*, guide_id: int, person_id: int, muted: bool) -> None:
    """Stop the mails, or have them again. In the open transaction."""
    if muted:
        add_once(SuggestionMute, guide_id=guide_id, person_id=person_id)
        return
    mine = (SuggestionMute.guide_id == guide_id, SuggestionMute.person_id == person_id)
    db.session.execute(delete(SuggestionMute).where(*mine))


def is_muted(guide_id: int, person_id: int) -> bool:
    """Does the person want no mails about suggestions to this guide?"""
    return db.session.get(SuggestionMute, (guide_id, person_id)) is not None
