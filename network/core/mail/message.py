"""A mail: text first, HTML beside it, queued in the same transaction as the change that causes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from flask import current_app

from network.core import outbox
from network.core.clock import now

CONSUMER = "mail"


class _Whole(UnstructuredHeader, BaseHeader):
    """A header in one line: the library would write a long address in a code that mail programs do not read there."""

    def fold(self, *, policy: Any) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("List-Unsubscribe", _Whole)
POLICY = EmailPolicy(header_factory=_HEADERS)


@dataclass(frozen=True)
class Mail:
    """One mail to one person. `headers` are further ones, such as how to stop mails of this kind."""

    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)


def queue_mail(
    to: str,
    subject: str,
    template: str,
    *,
    urgent: bool = True,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> None:
    """Render `emails/<template>.txt` and `.html` and queue the mail in the open transaction.

    What somebody waits for is urgent; what goes to many is not, so that nobody waits behind it.
    """
    subject = " ".join(subject.split())
    payload = {
        "to": to,
        "subject": subject,
        "text": _words(f"emails/{template}.txt", subject=subject, **context).strip() + "\n",
        "html": _words(f"emails/{template}.html", subject=subject, **context),
        "headers": dict(headers or {}),
    }
    outbox.add(CONSUMER, "mail", payload, urgent=urgent)


def _words(template: str, **context: Any) -> str:
    """Rendered without what pages are given (viewer, messages): the worker writes mails outside of any request."""
    return current_app.jinja_env.get_template(template).render(config=current_app.config, **context)


def compose(mail: Mail, *, message_id: str) -> EmailMessage:
    """The message to send. Its id comes from the outbox row, so that a mail sent twice can be told by the receiver."""
    message = EmailMessage(policy=POLICY)
    message["Subject"] = mail.subject
    name = str(current_app.config["SITE_NAME"])
    message["From"] = Address(display_name=name, addr_spec=current_app.config["MAIL_FROM"])
    message["To"] = Address(addr_spec=mail.to)
    message["Date"] = format_datetime(now())
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    for header, value in mail.headers.items():
        message[header] = value
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message
