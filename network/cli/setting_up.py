"""`flask setup`: the first start of a new network."""

from __future__ import annotations

from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import select
from wtforms import ValidationError

from network.accounts.actions import account_by_email
from network.accounts.forms import well_formed_email
from network.accounts.models import Account
from network.accounts.passwords import UnsafePassword, check_password, hashed
from network.admin.organisations.actions import NameTaken, enter_organisation
from network.core.db import db
from network.core.settings import NO_CONTACT
from network.core.transaction import transaction
from network.core.web.fields import one_line
from network.organisations.models import LONGEST_NAME
from network.organisations.queries import organisations_of_email
from network.people.actions import add_member
from network.people.models import Person
from network.people.queries import stands
from network.starting import seed
from network.vocabulary.queries import all_topics
from network.vocabulary.starting import add_starting_topics

# What an organisation is taken for until somebody says; both are no more than the beginning of a choice.
UNKNOWN = {"kind": "other", "size": "250-999", "about": ""}


def _address(typed: str) -> str:
    try:
        return well_formed_email(typed)
    except ValidationError as error:
        raise click.BadParameter(str(error)) from error


def _given_address(_context: click.Context, _option: click.Parameter, typed: str | None) -> str | None:
    return None if typed is None else _address(typed)


@click.command()
@click.option("--name", help="The administrator's full name.")
@click.option("--email", callback=_given_address, help="The address they sign in with.")
@click.option("--password", help="12 characters or more.")
@click.option("--organisation", help="The one that has addresses like theirs; empty for none.")
@click.option("--topics/--no-topics", default=None, help="Begin with a list of topics of public service, or with none.")
@click.option("--another", is_flag=True, help="Make an administrator although there is one.")
@with_appcontext
def setup(
    name: str | None,
    email: str | None,
    password: str | None,
    organisation: str | None,
    topics: bool | None,
    another: bool,
) -> None:
    """Make the tables, the policy, the group “Ask anyone” and the first administrator. Asks for what is not given."""
    upgrade()
    asks = not (name and email and password)
    _mind_who_is_there(another, asks)
    name = one_line(name) or click.prompt("Your full name")
    email = email or click.prompt("Your email address", value_proc=_address)
    password = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        check_password(password, name, email, current_app.config["SITE_NAME"])
    except UnsafePassword as error:
        raise click.ClickException(str(error)) from error
    organisation = _organisation(organisation, email, asks)
    topics = _topics(topics, asks)
    _make(name=name, email=email, password_hash=hashed(password), organisation=organisation, topics=topics)
    if organisation:
        click.echo(f"{organisation} is in the list. Say what type and size it is at /admin/organisations.")
    if not current_app.config["CONTACT_EMAIL"]:
        click.echo(NO_CONTACT)
    click.echo(f"Done. Sign in as {email} at {current_app.config['BASE_URL']}/sign-in")


def _mind_who_is_there(another: bool, asks: bool) -> None:
    """Nobody makes a second administrator by running the same command again."""
    query = select(Person.name, Account.email).join(Account, Account.id == Person.account_id)
    there = db.session.execute(query.where(stands(), Account.role == "administrator").order_by(Account.id)).all()
    if another or not there:
        return
    names = ", ".join(f"{name} ({email})" for name, email in there)
    if not asks:
        raise click.ClickException(f"There is an administrator already: {names}. To make another, add --another.")
    click.confirm(f"There is an administrator already: {names}. Make another?", abort=True)


def _organisation(given: str | None, email: str, asks: bool) -> str:
    """The name of an organisation to add, so that people with an address like the administrator's are known."""
    domain = email.rpartition("@")[2]
    if organisations_of_email(email):
        return ""
    if given is None and asks:
        given = click.prompt(f"Which organisation has addresses at {domain}? (Enter for none)", "", show_default=False)
    name = one_line(given)
    if len(name) > LONGEST_NAME:
        raise click.ClickException(f"The name of an organisation must be {LONGEST_NAME} characters or fewer.")
    return name


def _topics(given: bool | None, asks: bool) -> bool:
    """Whether to add the starting list: only where there is none."""
    if all_topics():
        return False
    if given is None and asks:
        return click.confirm("Begin with a list of topics of public service? You can change it later", default=True)
    return bool(given)


def _make(*, email: str, organisation: str, topics: bool, **person: Any) -> None:
    with transaction():
        if account_by_email(email) is not None:
            raise click.ClickException(f"{email} has an account already.")
        seed()
        if topics:
            add_starting_topics()
        if organisation:
            try:
                enter_organisation(name=organisation, domains=[email.rpartition("@")[2]], **UNKNOWN)
            except NameTaken as error:
                raise click.ClickException(
                    f"{organisation} is in the list without this domain. Add it at /admin/organisations."
                ) from error
        add_member(email=email, job_title="", role="administrator", confirmed=True, **person)
