"""Clearing one's recent searches, and keeping none. They are shown on the empty search page."""

from __future__ import annotations

from typing import Any

from flask import g, redirect

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.area import Area
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.discovery.recent import actions
from network.discovery.recent.queries import here_shared, keeps, recent

area = Area("recent", __name__)


@area.post("/search/recent/clear", access=members)
@limit_writing
def clear() -> Any:
    """Forget them."""
    with transaction():
        actions.clear(g.viewer.person_id)
    say("Your recent searches are cleared")
    return redirect("/search", 303)


@area.post("/search/recent/off", access=members)
@limit_writing
def off() -> Any:
    """Keep none from now on."""
    with transaction():
        actions.switch(g.viewer.person_id, on=False)
    say("Your searches are no longer kept")
    return redirect("/search", 303)


@area.post("/search/recent/on", access=members)
@limit_writing
def on() -> Any:
    """Keep them again."""
    with transaction():
        actions.switch(g.viewer.person_id, on=True)
    say("Your searches are kept from now on. Only you see them")
    return redirect("/search", 303)


def shown() -> dict[str, Any]:
    """What the empty search page shows of them."""
    return {"texts": recent(g.viewer), "keeps": keeps(g.viewer), "shared": here_shared()}
