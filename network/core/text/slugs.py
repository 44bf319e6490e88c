"""The part of an address that is made from a title."""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Container

from network.core.text.letters import normalised

MAX_LENGTH = 80
LONGEST_END = 7
# Digits and letters by turns, as no word is: “damp-and-mould-4k7d2m”.
CHANCE = re.compile(r"(?:[0-9][a-z]){3}")

RESERVED = frozenset(
    [
        "new",
        "feed",
        "history",
        "drafts",
        "draft",
        "suggestions",
        "adoptions",
        "used",
        "edit",
        "create",
        "search",
        "preview",
        "publish",
        "settings",
        "members",
        "about",
        "admin",
        "api",
        "files",
        "static",
        "import",
        "export",
        "checks",
        "versions",
        "version",
        "compare",
        "restore",
        "withdraw",
        "discussions",
        "join",
        "leave",
        "print",
        "cite",
        "follow",
        "save",
        "report",
        "wanted",
        "mine",
        "index",
    ]
)
"""Words that are, or may become, pages of their own beside what people name."""

_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
     "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ı": "i", "ħ": "h", "Ħ": "H"}
)  # fmt: skip


def fold(text: str) -> str:
    """The text in ASCII letters as far as it has them: ŵ becomes w, é becomes e; other scripts are left
    out.
    """
    decomposed = normalised(text.translate(_LETTERS), "NFKD")
    return decomposed.encode("ascii", "ignore").decode("ascii")


def slugify(title: str, *, fallback: str = "untitled") -> str:
    """An address part from a title: small ASCII letters, digits and dashes, at most 80, cut between words.

    Never empty (a title in another script gives *fallback*), never a reserved word, never digits alone. It
    is the caller who makes it unique, with `free`.
    """
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", fold(title).lower()))
    slug = "-".join(words)
    if len(slug) > MAX_LENGTH:
        cut = slug[: MAX_LENGTH + 1].rpartition("-")[0]
        slug = cut or slug[:MAX_LENGTH]
    slug = slug or fallback
    if slug in RESERVED or slug.isdigit():
        slug += "-page"
    return slug


def stem(base: str) -> str:
    """What stands before the number or the chance that makes an address part unique."""
    return base[: MAX_LENGTH - LONGEST_END].rstrip("-")


def by_chance(base: str) -> str:
    """An address part that nobody meets by chance, for what outsiders must not find out by its number."""
    chance = "".join(secrets.choice(string.digits) + secrets.choice(string.ascii_lowercase) for _ in range(3))
    return f"{stem(base)}-{chance}"


def free(base: str, taken: Container[str | None], stem: str = "") -> str:
    """An address part that is not taken: the base, else the base with the first number that is free: “damp-2”.

    `stem` is what the number stands behind, where it must be shorter.
    """
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{stem or base[:MAX_LENGTH]}-{number}"
    return slug
