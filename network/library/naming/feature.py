"""What telling co-authors adds to the library."""

from __future__ import annotations

from flask import Flask

from network.library.naming import models

__all__ = ["add", "models"]


def add(app: Flask) -> None:
    """Registered by the library."""
