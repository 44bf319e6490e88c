"""Telling repeats from new searches without knowing who searches.

A text counts once a session, so that paging, filters and reloading are not counted. Who a session belongs to is
never kept: the account, or the address of a visitor (and nothing that a program could vary), goes through a hash
under a random key that exists only in the memory of this process, and what comes out is the session's token. Token and
texts are dropped 30 minutes after the session began, and never written anywhere. So nobody can work out from the log,
or from the database and the secret key together, who searched; and two searches of one person are two rows that
nothing links.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

SECONDS = 30 * 60
MOST_SESSIONS = 10_000
MOST_TEXTS = 30


@dataclass
class _Session:
    began: float
    texts: set[str] = field(default_factory=set)


class Sessions:
    """The sessions of the last 30 minutes in this process."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._by_token: OrderedDict[bytes, _Session] = OrderedDict()

    def is_new(self, who: str, text: str) -> bool:
        """Whether this session searches for the text for the first time. After 30 texts nothing is new any more."""
        token = self._token(who)
        moment = time.monotonic()
        with self._lock:
            self._drop(moment)
            session = self._by_token.setdefault(token, _Session(moment))
            if text in session.texts or len(session.texts) >= MOST_TEXTS:
                return False
            session.texts.add(text)
            return True

    def holds(self, who: str, text: str) -> bool:
        """Whether this session searched for the text."""
        with self._lock:
            session = self._by_token.get(self._token(who))
            return session is not None and text in session.texts

    def _token(self, who: str) -> bytes:
        return hashlib.blake2b(who.encode(), key=self._key, digest_size=16).digest()

    def _drop(self, moment: float) -> None:
        """Forget what is old, and the oldest when there are too many; they stand in the order of their beginning."""
        while self._by_token:
            oldest = next(iter(self._by_token.values()))
            if moment - oldest.began <= SECONDS and len(self._by_token) < MOST_SESSIONS:
                return
            self._by_token.popitem(last=False)
