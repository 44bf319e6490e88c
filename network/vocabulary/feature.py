"""What the vocabulary adds to the application."""

from __future__ import annotations

from flask import Flask

from network.vocabulary.glossary.views import area


def add(app: Flask) -> None:
    """The glossary's pages."""
    app.register_blueprint(area)
