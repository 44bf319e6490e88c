"""The mail that says what is new for saved searches. One for each that wants it at once, else one for all of a person.

Stopping needs one press: a link for people, and headers (RFC 8058) from which a mail program makes its own button.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from network.core.mail.message import queue_mail
from network.core.mail.stopping import one_press
from network.core.web.addresses import absolute
from network.discovery.saved.models import AT_ONCE
from network.discovery.saved.queries import Saved
from network.discovery.saved.stopping import stop_token
from network.people.mailing import email_of
from network.subjects.registry import Card

SHOWN = 10


class Told(NamedTuple):
    """A saved search and what is new for it."""

    saved: Saved
    cards: list[Card]


def mail_news(person_id: int, told: Sequence[Told]) -> None:
    """Queue the mail, in the open transaction."""
    stop = absolute(f"/saved/searches/stop/{stop_token(person_id, [one.saved for one in told])}")
    queue_mail(
        email_of(person_id),
        _heading(told),
        "discovery/news",
        urgent=False,
        headers=one_press(stop),
        told=[_part(one) for one in told],
        at_once=all(one.saved.alerts == AT_ONCE for one in told),
        stop=stop,
        settings=absolute("/saved/searches"),
    )


def _heading(told: Sequence[Told]) -> str:
    if len(told) == 1:
        return f"New for “{told[0].saved.name}”"
    return f"New for {len(told)} of your saved searches"


def _part(one: Told) -> dict[str, object]:
    return {
        "name": one.saved.name,
        "address": absolute(replace(one.saved.criteria, sort="newest").address),
        "items": [
            {
                "title": card.title,
                "address": absolute(card.address),
                "meta": ", ".join(part for part in (card.kicker, card.byline) if part),
            }
            for card in one.cards[:SHOWN]
        ],
        "more": max(0, len(one.cards) - SHOWN),
    }
