"""The mails that an application without a mail server has written."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask

from network.core.mail.kept import KeptMail, kept_mail, kept_numbers
from network.core.worker import drain


def mails(app: Flask) -> list[KeptMail]:
    """Let the worker write what is queued; all mails so far, oldest first."""
    while drain(app):
        pass
    with app.app_context():
        return [mail for number in reversed(kept_numbers()) if (mail := kept_mail(number))]


def link_in(mail: KeptMail) -> str:
    """The path of the first link in a mail."""
    parts = urlsplit(next(piece for piece, is_link in mail.parts if is_link))
    return parts.path + (f"?{parts.query}" if parts.query else "")
