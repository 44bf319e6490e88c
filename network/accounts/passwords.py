"""What a password must be: long, and not made of what everybody knows about the person."""

from __future__ import annotations

import functools
import secrets
import unicodedata

from flask_security.utils import hash_password, verify_password

SHORTEST, LONGEST = 12, 128
COMMON = {"password", "qwertyuiop", "1234567890", "123456789", "letmein", "welcome"}


class UnsafePassword(ValueError):
    """The message tells the person what to do."""


def normalised(password: str) -> str:
    """The same letters typed on different keyboards are the same password (NFKC, as NIST SP 800-63B advises).

    What is far too long is cut, so that to put it in this form costs nothing; it stays too long.
    """
    return unicodedata.normalize("NFKC", password[: 8 * LONGEST])


def check_password(password: str, *known: str) -> None:
    """Raise UnsafePassword when it is too short, too long, one repeated pattern, or mostly a word
    that everybody tries or that is known of the person.
    """
    password = normalised(password)
    if len(password) < SHORTEST:
        raise UnsafePassword(f"Password must be {SHORTEST} characters or more")
    if len(password) > LONGEST:
        raise UnsafePassword(f"Password must be {LONGEST} characters or fewer")
    if len(set(password.lower())) < 5:
        raise UnsafePassword("Choose a password with more different characters")
    if len(_without(COMMON, password)) < SHORTEST // 2:
        raise UnsafePassword("Choose a password that is less common. This is one of the first that anybody would try")
    if len(_without(COMMON | _words(known), password)) < SHORTEST // 2:
        raise UnsafePassword("Choose a password that is not made of your name, your email address or this site’s name")


def hashed(password: str) -> str:
    """The argon2id hash to store. Slow on purpose: call it before a transaction, never inside."""
    result: str = hash_password(normalised(password))
    return result


def matches(password: str, stored: str | None) -> bool:
    """Does the password fit? Takes the same time when there is no account at all (`stored` is None)."""
    nobody = _nobodys()
    fits = bool(verify_password(normalised(password), nobody if stored is None else stored))
    return fits and stored is not None


@functools.cache
def _nobodys() -> str:
    """A hash to compare with where there is none; made once, whether the first to ask is known or not."""
    return hashed(secrets.token_urlsafe(32))


def _without(words: set[str], password: str) -> str:
    rest = password.lower()
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest


def _words(known: tuple[str, ...]) -> set[str]:
    words: set[str] = set()
    for text in known:
        words.update(part for part in text.lower().replace("@", " ").replace(".", " ").split() if len(part) > 2)
    return words
