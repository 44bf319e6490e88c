"""What library add to the application."""

from __future__ import annotations

from flask import Flask


def add(app: Flask) -> None:
    """Registered by the factory."""
