"""Mails of a network without a mail server: files in the data folder, read back to be shown on screen."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import click
from flask import current_app

LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class KeptMail:
    """A mail as it was written. `parts` is its text in pieces: (piece, is it a link)."""

    number: int
    to: str
    subject: str
    date: str
    parts: tuple[tuple[str, bool], ...]


def keep(composed: EmailMessage, number: int) -> None:
    """Write the mail to a file; the newest has the highest number. Development also says so on the console."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / f"{number:08}.eml").write_bytes(composed.as_bytes())
    if current_app.config["DEVELOPMENT"]:
        link = LINK.search(_text(composed))
        click.echo(f"Mail to {composed['To']}: {composed['Subject']}  {link.group() if link else ''}")


def kept_numbers() -> list[int]:
    """Numbers of the kept mails, newest first."""
    return sorted((int(path.stem) for path in _folder().glob("*.eml") if path.stem.isdigit()), reverse=True)


def kept_mail(number: int) -> KeptMail | None:
    """A kept mail; None when there is none of this number."""
    path = _folder() / f"{number:08}.eml"
    if not path.is_file():
        return None
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    return KeptMail(
        number=number,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        date=str(message["Date"]),
        parts=tuple(_pieces(_text(message))),
    )


def _folder() -> Path:
    return Path(current_app.config["DATA_DIR"]) / "mail"


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return body.get_content() if body is not None else ""


def _pieces(text: str) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    end = 0
    for found in LINK.finditer(text):
        pieces += [(text[end : found.start()], False), (found.group(), True)]
        end = found.end()
    return [*pieces, (text[end:], False)]
