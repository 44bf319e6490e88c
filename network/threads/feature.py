"""What threads add to the application: how their posts are laid out."""

from __future__ import annotations

from flask import Flask

from network.threads.showing import add_article


def add(app: Flask) -> None:
    """Threads have no pages of their own; the features that show them route to them."""
    add_article(app)
