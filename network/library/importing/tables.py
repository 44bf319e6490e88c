"""Tables as kramdown reads them: without a header row, with rules around them, or run together by a
formatter.
"""

from __future__ import annotations

import re

_ROW = re.compile(r"^[ ]{0,3}\|.*$")
_RULE = re.compile(r"^(?=[^\n-]*-)[-:=+| ]+$")
_RUN_TOGETHER = re.compile(r"^(\|(?:[ ]*:?-+:?[ ]*\|)+)[ ](?=\|)(.*(?:\n(?![ ]*\n).+)*)", re.MULTILINE)
_CELL = re.compile(r"(?<!\\)\|")


def mend_tables(text: str) -> str:
    """Every run of rows as a table with a header row, which is empty where the source has none."""
    text = _RUN_TOGETHER.sub(lambda match: f"{match[1]}\n{_split_rows(match[2])}", text)
    out: list[str] = []
    rows: list[str] = []
    for line in [*text.split("\n"), ""]:
        if _ROW.match(line):
            rows.append(line.strip())
            continue
        out += _table(rows)
        rows = []
        out.append(line)
    return "\n".join(out[:-1])


def _split_rows(text: str) -> str:
    return re.sub(r"\|[ ]+\|(?=\S)", "|\n|", " ".join(text.split("\n")))


def _table(rows: list[str]) -> list[str]:
    """The rows with one header and one delimiter; untouched when they are no table or a good one."""
    if len(rows) < 2 or _is_good(rows):
        return rows
    words = [row for row in rows if not _RULE.match(row)]
    width = max((len(_CELL.split(row.strip("| "))) for row in words), default=0)
    if width < 2:
        return rows
    header = len(rows) > 1 and not _RULE.match(rows[0]) and bool(_RULE.match(rows[1]))
    head = [words.pop(0)] if header else ["|" + "  |" * width]
    return ["", *head, "|" + " --- |" * width, *words, ""]


def _is_good(rows: list[str]) -> bool:
    return not _RULE.match(rows[0]) and bool(_RULE.match(rows[1])) and not any(map(_RULE.match, rows[2:]))
