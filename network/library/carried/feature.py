"""What guides from other networks add to the application."""

from __future__ import annotations

from flask import Flask

from network.library.carried.sections import credits
from network.library.sections import lend_section


def add(app: Flask) -> None:
    """The credit on the guide's page."""
    lend_section(app, "evidence", credits)
