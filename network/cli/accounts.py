"""`flask accounts`: what whoever runs the service does about single accounts."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from network.accounts.actions import account_by_email
from network.accounts.models import Account
from network.core.transaction import transaction
from network.leaving.actions import close as close_account
from network.leaving.choices import DELETE, FORMER, LEAVE, MARKERS, NAME, STAY, Choices
from network.people.standing import LastAdministrator, reinstate, suspend

accounts = AppGroup("accounts", help="Suspend, reinstate and close accounts.")


@accounts.command("suspend")
@click.argument("email")
@click.option("--reason", required=True, help="Why; kept in the audit log.")
def suspend_one(email: str, reason: str) -> None:
    """End all sessions of an account and let nobody sign in with it."""
    try:
        with transaction():
            account = _account(email)
            if not account.active:
                raise click.ClickException(f"{email} is suspended already.")
            suspend(account, reason=reason)
    except LastAdministrator as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{email} is suspended.")


@accounts.command("reinstate")
@click.argument("email")
def reinstate_one(email: str) -> None:
    """End a suspension."""
    with transaction():
        account = _account(email)
        if account.active:
            raise click.ClickException(f"{email} is not suspended.")
        reinstate(account)
    click.echo(f"{email} can sign in again.")


@accounts.command("close")
@click.argument("email")
@click.option("--posts", type=click.Choice([STAY, MARKERS]), default=STAY, help="What becomes of their posts.")
@click.option("--credit", type=click.Choice([FORMER, NAME]), default=FORMER, help="What guides say for their name.")
@click.option("--collections", type=click.Choice([LEAVE, DELETE]), default=LEAVE, help="What becomes of theirs.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def close_one(email: str, posts: str, credit: str, collections: str, yes: bool) -> None:
    """Close an account for good, for somebody who asked by mail."""
    if not yes:
        click.confirm(f"Close the account of {email}? This cannot be undone", abort=True)
    try:
        with transaction():
            choices = Choices(posts=posts, credit=credit, collections=collections)
            close_account(account_id=_account(email).id, choices=choices, by_id=None)
    except LastAdministrator as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The account of {email} is closed.")


def _account(email: str) -> Account:
    account = account_by_email(email)
    if account is None:
        raise click.ClickException(f"Nobody has an account with the address {email}.")
    return account
