"""`flask setup`: the first start of a new network."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from network.accounts.actions import account_by_email
from network.accounts.passwords import UnsafePassword, check_password, hashed
from network.core.settings import NO_CONTACT
from network.core.transaction import transaction
from network.people.actions import add_member
from network.starting import seed


@click.command()
@click.option("--name", prompt="Your full name", help="The first administrator's name.")
@click.option("--email", prompt="Your email address", help="The address they sign in with.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="12 characters or more.")
@with_appcontext
def setup(name: str, email: str, password: str) -> None:
    """Make the tables, the policy, the group “Ask anyone” and the first administrator."""
    try:
        check_password(password, name, email, current_app.config["SITE_NAME"])
    except UnsafePassword as error:
        raise click.ClickException(str(error)) from error
    upgrade()
    password_hash = hashed(password)
    with transaction():
        if account_by_email(email) is not None:
            raise click.ClickException(f"{email} has an account already.")
        seed()
        add_member(
            name=name,
            email=email.strip().lower(),
            job_title="",
            password_hash=password_hash,
            role="administrator",
            confirmed=True,
        )
    if not current_app.config["CONTACT_EMAIL"]:
        click.echo(NO_CONTACT)
    click.echo(f"Done. Sign in as {email} at {current_app.config['BASE_URL']}/sign-in")
