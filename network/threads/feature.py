"""What threads add to the application: how their posts are laid out, and who is told of them."""

from __future__ import annotations

from flask import Flask

from network.threads.showing import add_article
from network.threads.telling import feature as telling


def add(app: Flask) -> None:
    """Threads have no pages of their own but the one that stops mails; the features that show them route to them."""
    add_article(app)
    telling.add(app)
