"""`flask worker`: the outbox worker as a process of its own."""

from __future__ import annotations

import signal
import threading

import click
from flask import current_app
from flask.cli import with_appcontext

from network.core.worker import run
from network.migrating import wrong_with_tables


@click.command()
@with_appcontext
def worker() -> None:
    """Follow up what people do: index, mails, schedule. Runs until it is stopped."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if problem := wrong_with_tables(app):
        raise click.ClickException(problem)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    click.echo("The worker is running. Stop it with Ctrl+C.")
    run(app, stop)
