"""What `make run` prints when the network is there: its address, and how to sign in as three of the cast."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from network.accounts.models import Account
from network.core.db import db
from network.people.models import Person

PASSWORD = "harbour-lantern-42-quilt"  # noqa: S105  (demo people exist in development only)
CAST = (
    ("priya-raman", "a member who facilitates a group"),
    ("owen-pritchard", "an ICT professional who publishes guides"),
    ("nadia-hussain", "the administrator"),
)


def welcome(app: Flask) -> str:
    """The lines to print; without demo people only the address."""
    lines = ["", f"{app.config['SITE_NAME']} is running at {app.config['BASE_URL']}  (stop it with Ctrl+C)"]
    with app.app_context():
        rows = db.session.execute(
            select(Person.handle, Person.name, Account.email).join(Account, Account.id == Person.account_id)
        )
        emails = {handle: (name, email) for handle, name, email in rows}
    found = [(emails[handle], why) for handle, why in CAST if handle in emails]
    if found:
        lines += ["", f"Sign in with the password  {PASSWORD}  as"]
        lines += [f"  {email:<36} {name}, {why}" for (name, email), why in found]
    lines += ["", f"Mails that it sends are shown at {app.config['BASE_URL']}/development/mail", ""]
    return "\n".join(lines)
