"""What follows when somebody proves that an address is theirs, the first one or another, in the same transaction.

Features that stand above accounts say here what that is: the next page shows it, and nobody waits for the worker.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app

from network.accounts.models import Account

_FOLLOW = "account_confirmed"


def when_confirmed(app: Flask, follow: Callable[[Account], None]) -> None:
    """Have `follow` know of each address that was confirmed. It may be told twice of the same."""
    app.extensions.setdefault(_FOLLOW, []).append(follow)


def tell_confirmed(account: Account) -> None:
    """Whoever has the account can read its address."""
    for follow in current_app.extensions.get(_FOLLOW, ()):
        follow(account)
