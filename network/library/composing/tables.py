"""Rows copied out of a spreadsheet become a table of Markdown."""

from __future__ import annotations

import re

_FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
FEWEST_ROWS = 2


def has_rows(text: str) -> bool:
    """Are there lines with tabs in them that could be a table?"""
    return with_tables(text) != text


def with_tables(text: str) -> str:
    """The text with every run of two or more lines of equally many cells, parted by tabs, as a table.

    The first line is the header. Code stays as it is, and so does a line that begins with a tab, which is code too.
    """
    made: list[str] = []
    rows: list[str] = []
    fenced = False
    for line in [*text.split("\n"), None]:
        if line is not None and _FENCE.match(line):
            fenced = not fenced
        is_row = line is not None and not fenced and "\t" in line and not line.startswith("\t")
        if rows and (not is_row or line is None or line.count("\t") != rows[0].count("\t")):
            made += _table(rows, made)
            rows = []
        if line is None:
            continue
        if is_row:
            rows.append(line)
        else:
            made.append(line)
    return "\n".join(made)


def _table(rows: list[str], before: list[str]) -> list[str]:
    if len(rows) < FEWEST_ROWS:
        return rows
    head, *rest = (_row(row) for row in rows)
    gap = [""] if before and before[-1].strip() else []
    return [*gap, head, "|" + " --- |" * (rows[0].count("\t") + 1), *rest]


def _row(line: str) -> str:
    cells = (" ".join(cell.split()).replace("|", "\\|") for cell in line.split("\t"))
    return "| " + " | ".join(cells) + " |"
