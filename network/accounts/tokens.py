"""Signed links in mails. Each is for one purpose, expires, and dies with the session stamp it was made for."""

from __future__ import annotations

from flask_security.confirmable import confirm_email_token_status, generate_confirmation_token
from flask_security.recoverable import generate_reset_password_token, reset_password_token_status

from network.accounts.models import Account


def confirmation_token(account: Account) -> str:
    """For the link that confirms an address; works for three days."""
    token: str = generate_confirmation_token(account)
    return token


def account_to_confirm(token: str) -> Account | None:
    """Whose address the link confirms; None when it is wrong or too old."""
    expired, invalid, account = confirm_email_token_status(token)
    return None if expired or invalid else account


def recovery_token(account: Account) -> str:
    """For the link that sets a new password; works for an hour and once, because a new password changes the stamp."""
    token: str = generate_reset_password_token(account)
    return token


def account_to_recover(token: str) -> Account | None:
    """Whose password the link sets; None when it is wrong, used or too old."""
    expired, invalid, account = reset_password_token_status(token)
    return None if expired or invalid or account is None or not account.active else account
