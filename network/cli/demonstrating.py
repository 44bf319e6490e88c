"""`flask demo`: fill an empty development network with people, guides and discussions worth exploring."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext
from tqdm import tqdm


@click.command()
@click.option("--only-if-empty", is_flag=True, help="Do nothing when somebody has joined already.")
@with_appcontext
def demo(only_if_empty: bool) -> None:
    """Bring the demo network in. Development only."""
    from network.demo.loading import is_empty, load, size

    if not current_app.config["DEVELOPMENT"]:
        raise click.ClickException("Demo people exist in development only. Set ENVIRONMENT=development.")
    if not is_empty():
        if only_if_empty:
            return
        raise click.ClickException("People have joined this network already. Point DATA_DIR to an empty folder.")
    with tqdm(total=size(), desc="Moving people in", unit=" steps", disable=None) as bar:
        load(bar.update)
