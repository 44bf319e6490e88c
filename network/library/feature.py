"""What the library adds to the application."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.core import schedule
from network.core.events import Consumer, subscribe
from network.core.transaction import transaction
from network.library import belonging, panels
from network.library.actions.checking import turn_check_states
from network.library.adoptions import feature as adoptions
from network.library.carried import feature as carried
from network.library.checking import feature as checking
from network.library.citing import feature as citing
from network.library.collections import feature as collections
from network.library.composing import feature as composing
from network.library.events import GuideEvent
from network.library.files import feature as files
from network.library.flags import feature as flags
from network.library.incoming import feature as incoming
from network.library.lineage import feature as lineage
from network.library.linking import feature as linking
from network.library.listeners import recount
from network.library.naming import feature as naming
from network.library.outside import feature as outside
from network.library.related import feature as related
from network.library.sections import add_section_markup
from network.library.subject import subject
from network.library.suggestions import feature as suggestions
from network.library.turning import feature as turning
from network.library.views import area
from network.people.events import OrganisationConfirmed
from network.subjects.panels import lend
from network.subjects.registry import AudienceChanged, Refiled, register

PARTS = (
    checking,
    adoptions,
    suggestions,
    flags,
    files,
    linking,
    carried,
    collections,
    outside,
    related,
    citing,
    lineage,
    composing,
    turning,
    naming,
    incoming,
)
"""Parts of the library with pages of their own; what they show on a guide's page stands in this order."""


def add(app: Flask) -> None:
    """Registered by the factory."""
    app.register_blueprint(area)
    register(app, subject())
    subscribe(app, Consumer(belonging.CONSUMER, belonging.follow, on=(OrganisationConfirmed,)))
    subscribe(app, Consumer("library.tallies", recount, on=(GuideEvent, AudienceChanged, Refiled), batch=500))
    schedule.every(app, timedelta(hours=1), "library.check-states", _turn_check_states)
    schedule.every(app, timedelta(hours=6), "library.tallies", recount)
    lend(app, "person.main", panels.of_person)
    lend(app, "group.guides", panels.of_group)
    lend(app, "organisation.guides", panels.of_organisation)
    add_section_markup(app)
    for part in PARTS:
        part.add(app)


def _turn_check_states() -> None:
    """Until nothing turns any more; each round is a transaction of its own."""
    turned = True
    while turned:
        with transaction():
            turned = turn_check_states() > 0
