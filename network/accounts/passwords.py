"""What a password must be: long, and not made of what everybody knows about the person."""

from __future__ import annotations

import unicodedata

from flask_security.utils import hash_password, verify_password

SHORTEST, LONGEST = 12, 128


class UnsafePassword(ValueError):
    """The message tells the person what to do."""


def normalised(password: str) -> str:
    """The same letters typed on different keyboards are the same password (NFKC, as NIST SP 800-63B advises)."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, *known: str) -> None:
    """Raise UnsafePassword when it is too short, too long, one repeated pattern, or mostly a known word."""
    password = normalised(password)
    if len(password) < SHORTEST:
        raise UnsafePassword(f"Password must be {SHORTEST} characters or more")
    if len(password) > LONGEST:
        raise UnsafePassword(f"Password must be {LONGEST} characters or fewer")
    if len(set(password.lower())) < 5:
        raise UnsafePassword("Choose a password with more different characters")
    rest = password.lower()
    for word in sorted(_words(known), key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(rest) < SHORTEST // 2:
        raise UnsafePassword("Choose a password that is not made of your name, your email address or this site’s name")


def hashed(password: str) -> str:
    """The argon2id hash to store. Slow on purpose: call it before a transaction, never inside."""
    result: str = hash_password(normalised(password))
    return result


_unknown: list[str] = []


def matches(password: str, stored: str | None) -> bool:
    """Does the password fit? Takes the same time when there is no account at all (`stored` is None)."""
    if stored is None:
        if not _unknown:
            _unknown.append(hash_password("nobody has this password"))
        verify_password(normalised(password), _unknown[0])
        return False
    return bool(verify_password(normalised(password), stored))


def _words(known: tuple[str, ...]) -> set[str]:
    words = {"password", "qwertyuiop", "1234567890", "123456789", "letmein", "welcome"}
    for text in known:
        words.update(part for part in text.lower().replace("@", " ").replace(".", " ").split() if len(part) > 2)
    return words
