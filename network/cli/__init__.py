"""Thin `flask` commands. Each is described in docs/commands.md; a test compares the two."""

from __future__ import annotations

from flask import Flask

from network.cli.accounts import accounts
from network.cli.demonstrating import demo
from network.cli.exporting import exporting
from network.cli.importing import importing
from network.cli.searching import search
from network.cli.setting_up import setup
from network.cli.working import worker


def add_commands(app: Flask) -> None:
    """Register the commands."""
    for command in (setup, accounts, demo, importing, exporting, search, worker):
        app.cli.add_command(command)
