"""Markup that is laid out once: parts of pages that most visits see the same.

`{{ laid_out(macro, a, b) }}` in a template is `{{ macro(a, b) }}`, and is kept. The macro must depend on nothing but
what it is given, so that whatever changes, or is another viewer's, is another part. What it is given is plain values
that can be compared (tuples, frozen dataclasses), and at one place always text or always markup: to compare, the two
are the same. `kept_markup` does the same for code, which has a stock of its own for each kind of part.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from flask import Flask
from jinja2.runtime import Macro
from markupsafe import Markup

PARTS_KEPT = 2_000  # Most are under two kilobytes.


def kept_markup(
    app: Flask, name: str, most: int, begin: Callable[[], Callable[..., str]], *, typed: bool = False
) -> Callable[..., Markup]:
    """What lays out the parts of this name. `begin` gives it, when it is first asked for; of its markup, which
    templates made, `most` parts are kept. With `typed` 1 and True are not the same, which costs a little each time.
    """
    stocks: dict[str, Callable[..., Markup]] = app.extensions.setdefault("laid_out", {})
    if (stock := stocks.get(name)) is None:
        lay_out = begin()
        stock = stocks[name] = lru_cache(most, typed=typed)(lambda *given: Markup(lay_out(*given)))  # noqa: S704
    return stock


def add_laid_out(app: Flask) -> None:
    """Templates get `laid_out`."""

    def lay_out(macro: Macro, *given: object) -> str:
        return macro(*given)

    app.jinja_env.globals["laid_out"] = kept_markup(app, "laid_out", PARTS_KEPT, lambda: lay_out, typed=True)
