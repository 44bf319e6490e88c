"""A feed for each saved search, at an address that nobody can guess and its owner can change.

It holds what everybody may read, and nothing of closed groups, even those its owner is in. The address is all that is
asked for: it is kept by feed readers and their servers, lands in logs and is passed on by mistake, and none of them
can be made to forget what was read in confidence. Mails go to a person; an address is anybody's.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from network.core.signed import read_signed, sign
from network.core.text.plain import excerpt
from network.core.web.addresses import absolute
from network.discovery.hits.cards import cards_of
from network.discovery.saved.models import SavedSearch
from network.discovery.saved.news import matches, require_whole, times_of
from network.discovery.saved.queries import Saved, searches
from network.groups.viewers import viewer_of
from network.subjects.viewer import VISITOR

KIND = "saved-search-feed"
ITEMS = 30
LONGEST_TEXT = 300


class Item(NamedTuple):
    """One entry of a feed."""

    title: str
    address: str
    kind: str
    author: str
    language: str
    summary: str
    created: datetime
    updated: datetime


def feed_address(saved: Saved, form: str) -> str:
    """The address of its feed; form is "atom" or "json"."""
    return absolute(f"/saved/searches/feeds/{sign(KIND, [saved.id, saved.feed_secret])}/feed.{form}")


def searched_by(token: str) -> Saved | None:
    """The saved search of a feed's address; None when it was changed since or its owner may not sign in any more."""
    content = read_signed(KIND, token)
    if content is None:
        return None
    saved_id, secret = content
    found = searches(SavedSearch.id == saved_id, SavedSearch.feed_secret == str(secret))
    return found[0] if found and viewer_of(found[0].person_id).signed_in else None


def items(saved: Saved) -> list[Item]:
    """What everybody may read now, changed last first. Raises EngineError."""
    keys, _ = matches(saved.criteria, VISITOR.audiences, ITEMS)
    if not keys:
        require_whole()
    cards = cards_of(keys, VISITOR)
    times = times_of([key for key in keys if key in cards])
    return [
        Item(
            title=card.title,
            address=absolute(card.address),
            kind=card.kicker,
            author=card.byline,
            language=card.language,
            summary=excerpt(card.text, LONGEST_TEXT),
            created=times[key][0],
            updated=times[key][1],
        )
        for key in keys
        if key in times and (card := cards[key])
    ]
