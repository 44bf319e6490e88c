"""The page behind the link that stops alerts."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template

from network.core.mail.stopping import stop_page
from network.core.web.access import everyone
from network.core.web.limits import limit_writing
from network.discovery.saved import actions
from network.discovery.saved.models import NONE
from network.discovery.saved.stopping import read_stop
from network.discovery.saved.views import area


@area.route("/saved/searches/stop/<token>", methods=["GET", "POST"], access=everyone)
@limit_writing
def stop(token: str) -> Any:
    """Which alerts would end, and the button that ends them."""
    link = read_stop(token)
    if link is None:
        abort(404)
    return stop_page(
        mute=lambda _muted: actions.stop(person_id=link.person_id, ids=[saved.id for saved in link.searches]),
        page=lambda: _page(token),
        said="These alerts are stopped",
    )


def _page(token: str) -> str:
    link = read_stop(token)
    names = [saved.name for saved in link.searches if saved.alerts != NONE] if link else []
    return render_template("discovery/saved/stop.html", names=names)
