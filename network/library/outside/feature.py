"""What the job that looks at links outside adds to the library."""

from __future__ import annotations

from flask import Flask

from network.core import schedule
from network.library.outside.checking import EVERY, check_some


def add(app: Flask) -> None:
    """Registered by the library."""
    schedule.every(app, EVERY, "library.outside-links", check_some)
