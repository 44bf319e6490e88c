"""How a group's own words are laid out."""

from __future__ import annotations

from flask import current_app

from network.core.text.markdown import LinkPolicy, Rendered, render


def render_about(about: str) -> Rendered:
    """The text on a group's page about itself, below a heading of that page."""
    return render(about, heading_offset=1, id_prefix="about-", links=LinkPolicy(current_app.config["BASE_URL"]))
