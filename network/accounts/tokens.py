"""Addresses that open something on somebody's behalf without signing in, such as those of feeds.

They end with the password and the email address: whoever changes either may do so because somebody else got in. The
features that give such addresses out stand above this one, so they say here how theirs end, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app

_ENDS = "account_tokens"


def add_tokens(app: Flask, end: Callable[[int], bool]) -> None:
    """Have `end` replace what an account, given by its id, has of these addresses, and tell whether it had any."""
    app.extensions.setdefault(_ENDS, []).append(end)


def end_tokens(account_id: int) -> bool:
    """None of the account's addresses works any more, in the open transaction. Tells whether it had any."""
    ended = [end(account_id) for end in current_app.extensions.get(_ENDS, ())]  # All of them: `any` would stop early.
    return any(ended)
