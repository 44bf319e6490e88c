"""Stopping mails with one press (RFC 8058): what the mail says, and how a mail program's press is told."""

from __future__ import annotations

from collections.abc import Mapping


def one_press(address: str) -> dict[str, str]:
    """The headers from which a mail program makes its own button."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def by_mail_program(sent: Mapping[str, str]) -> bool:
    """Was the form sent by a mail program? Those must be answered at once, not sent on."""
    return "List-Unsubscribe" in sent
