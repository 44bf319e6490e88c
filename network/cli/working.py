"""`flask worker`: the outbox worker as a process of its own."""

from __future__ import annotations

import signal
import threading

import click
from flask import current_app
from flask.cli import with_appcontext

from network.core.worker import run


@click.command()
@with_appcontext
def worker() -> None:
    """Follow up what people do: index, mails, schedule. Runs until it is stopped."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    click.echo("The worker is running. Stop it with Ctrl+C.")
    run(current_app._get_current_object(), stop)  # type: ignore[attr-defined]
