"""Markup that is laid out once: parts of pages that most visits see the same.

`{{ laid_out(macro, a, b) }}` in a template is `{{ macro(a, b) }}`, and is kept. The macro must depend on nothing but
what it is given, so that whatever changes, or is another viewer's, is another part. What it is given is plain values
that can be compared (tuples, frozen dataclasses), and at one place always text or always markup: to compare, the two
are the same.
"""

from __future__ import annotations

from functools import lru_cache

from flask import Flask
from jinja2.runtime import Macro
from markupsafe import Markup

PARTS_KEPT = 2_000  # Most are under two kilobytes.


def add_laid_out(app: Flask) -> None:
    """Templates get `laid_out`."""

    def lay_out(macro: Macro, *given: object) -> Markup:
        return Markup(macro(*given))  # noqa: S704 (a template's own)

    app.jinja_env.globals["laid_out"] = lru_cache(PARTS_KEPT, typed=True)(lay_out)
