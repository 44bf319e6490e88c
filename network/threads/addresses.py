"""Where a post is: numbers never move, so its page follows from its number alone."""

from __future__ import annotations

from flask import request

PER_PAGE = 30


def page_of(number: int) -> int:
    """The page of a thread on which the post with this number stands."""
    return (number - 1) // PER_PAGE + 1


def post_address(address: str, number: int) -> str:
    """The permanent address of a post in the thread at `address`: “…?page=2#post-47”."""
    page = page_of(number)
    return f"{address}{'' if page == 1 else f'?page={page}'}#post-{number}"


def asked_number(name: str) -> int | None:
    """A post's number from the query string (`?post=47`, `?quote=3`); None without one that could be."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 8 and int(text) else None
