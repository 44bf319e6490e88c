"""How mail leaves: by SMTP, or into the data folder where development shows it on screen."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import structlog
from flask import current_app

from network.core.mail.kept import keep
from network.core.mail.message import Mail, compose
from network.core.outbox import Message

TIMEOUT = 20
PERMANENT = 500

log = structlog.get_logger()


def send(messages: Sequence[Message]) -> None:
    """Outbox consumer: send queued mails. An error puts the row back; a refused address is logged and given up."""
    for message in messages:
        mail = Mail(**message.payload)
        host = current_app.config["MAIL_FROM"].partition("@")[2]
        composed = compose(mail, message_id=f"<outbox-{message.id}-{int(message.created_at.timestamp())}@{host}>")
        url = current_app.config["MAIL_URL"]
        if url:
            _by_smtp(url, composed)
        else:
            keep(composed, message.id)


def _by_smtp(url: str, composed: EmailMessage) -> None:
    with _connect(url) as server:
        try:
            server.send_message(composed)
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            # A code under 500 means "not now": greylisting, a full mailbox. The outbox tries again later.
            if any(code < PERMANENT for code in codes):
                raise
            log.warning("mail refused", codes=codes)


def _connect(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
    if parts.scheme == "smtp+starttls":
        server.starttls(context=context)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
