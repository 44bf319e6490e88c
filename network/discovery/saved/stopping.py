"""The link in an alert that stops it: signed, so that it needs no sign-in, and good for stopping only.

A database may give the id of a deleted saved search to the next one. The link tells when each was made as well, so that
it stops what the mail was about and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from network.core.signed import read_signed, sign
from network.discovery.saved.models import SavedSearch
from network.discovery.saved.queries import Saved, searches

KIND = "saved-search-stop"


class Stop(NamedTuple):
    """Whose alerts end, and those of which saved searches."""

    person_id: int
    searches: list[Saved]


def stop_token(person_id: int, told: Sequence[Saved]) -> str:
    """What the address ends with."""
    return sign(KIND, [person_id, [_mark(saved) for saved in told]])


def read_stop(token: str) -> Stop | None:
    """Those of its saved searches that are still there; None for anything that we did not sign."""
    content = read_signed(KIND, token)
    if content is None:
        return None
    person_id, marks = content
    ids = [one for one, _ in marks]
    there = searches(SavedSearch.id.in_(ids), SavedSearch.person_id == person_id)
    return Stop(int(person_id), [saved for saved in there if _mark(saved) in marks])


def _mark(saved: Saved) -> list[int]:
    """Its id, and when it was made, to the microsecond."""
    return [saved.id, round(saved.created_at.timestamp() * 1_000_000)]
