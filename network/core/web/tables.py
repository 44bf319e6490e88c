"""Tables to take away, as comma-separated values."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from flask import Response

# What a spreadsheet would take for a formula when a cell begins with it, and what some of them drop before they look.
FORMULA = frozenset("=+-@")
DROPPED = frozenset("\t\r\n")
# Letters that show nothing although Unicode counts them among the letters.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0")


def as_csv(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A download called `name`.csv. Texts that people typed cannot become formulas in a spreadsheet."""
    response = Response(csv_text(heads, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The same as a text, for a file that lies among others."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    # The mark at the beginning tells spreadsheets that accents are written in UTF-8.
    return "\ufeff" + text.getvalue()


def _harmless(cell: object) -> object:
    return "'" + cell if isinstance(cell, str) and _begins_formula(cell) else cell


def _begins_formula(text: str) -> bool:
    """Whether its first sign that can be seen begins a formula; full-width and small signs do as well."""
    seen = next((sign for sign in text if sign not in _BLANK and unicodedata.category(sign)[0] not in "CMZ"), "")
    return text[:1] in DROPPED or unicodedata.normalize("NFKC", seen) in FORMULA
