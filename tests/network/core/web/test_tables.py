"""Tables to take away: nothing that somebody typed becomes a formula in a spreadsheet."""

from __future__ import annotations

import csv

import pytest

from network.core.web.tables import as_csv


def cell(text: str) -> str:
    """What a program reads in the cell."""
    written = as_csv("table", ["Head"], [[text]]).get_data(as_text=True)
    rows = list(csv.reader(written.removeprefix("\ufeff").splitlines(keepends=True)))
    return rows[1][0]


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\nwords"),
        *("\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM(A1)", "\ufe661"),
        *("\u200b=1+1", "\ufeff=1", "\u2060\u00ad@a", "\u202e=1", " =1", "\u00a0=1", "\x00=1", "\ufe0f=1", "\u3164=1"),
        "\u200b\uff1d1+1",
    ],
)
def test_what_begins_a_formula_is_written_as_text(text: str) -> None:
    assert cell(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "words", "1+1", "a=b", "\u00e9t\u00e9", "(1)", "\u2013 a dash", "'=1"]
)
def test_other_words_stay_as_they_are(text: str) -> None:
    assert cell(text) == text
