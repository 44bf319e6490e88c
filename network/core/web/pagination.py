"""Lists in pages, with addresses that can be shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import abort, request

Item = TypeVar("Item")
FURTHEST = 10_000


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list: its items, its number from 1, and how many items there are in all."""

    items: Sequence[Item]
    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.per_page))


def page_number() -> int:
    """The page asked for by `?page=`. Anything that is not a number from 1 is answered 404."""
    text = request.args.get("page", "1")
    if not text.isascii() or not text.isdigit() or len(text) > 6 or not 1 <= int(text) <= FURTHEST:
        abort(404)
    return int(text)


def offset(number: int, per_page: int) -> int:
    """How many items come before a page."""
    return (number - 1) * per_page


def with_args(**changes: object) -> str:
    """This page's address with some arguments changed (None removes one); for page, sort and filter links."""
    args = {name: request.args.getlist(name) for name in request.args}
    for name, value in changes.items():
        if value is None:
            args.pop(name, None)
        else:
            args[name] = [str(value)]
    query = urlencode(args, doseq=True)
    return request.path + (f"?{query}" if query else "")


def without_arg(name: str, value: str) -> str:
    """This page's address with one value of an argument taken away, back on page 1."""
    args = {key: request.args.getlist(key) for key in request.args if key != "page"}
    args[name] = [kept for kept in args.get(name, []) if kept != value]
    query = urlencode(args, doseq=True)
    return request.path + (f"?{query}" if query else "")


def page_links(page: Page[Any]) -> dict[str, Any]:
    """What the pagination component shows: first, last, this page and its neighbours, with gaps between."""
    last = page.pages
    shown = sorted({1, last, page.number - 1, page.number, page.number + 1} & set(range(1, last + 1)))
    items: list[dict[str, Any]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "address": with_args(page=number), "current": number == page.number})
    return {
        "items": items,
        "previous": with_args(page=page.number - 1) if page.number > 1 else None,
        "next": with_args(page=page.number + 1) if page.number < last else None,
    }
