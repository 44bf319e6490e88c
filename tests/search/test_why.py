"""Why a document stands where it does: each reason where it holds and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import FILTER_NAMES, parse
from search.why import Reason, why
from tests.search.building import document

OTHERS = {"foi": ("freedom of information",), "freedom of information": ("foi",)}
ABOUT = document("d", "Parental leave policy", "Who may take leave, and the pay.", summary="Rights", tags=("payroll",))


@pytest.mark.parametrize(
    ("typed", "reasons"),
    [
        ("parental leave", [Reason("title-says"), Reason("title", ("parental", "leave"))]),
        ('"Parental leave"', [Reason("title-says"), Reason("title", ("Parental", "leave"))]),
        ("leave parental", [Reason("title-holds"), Reason("title", ("leave", "parental"))]),
        ("policies", [Reason("title-holds"), Reason("title", ("policies",))]),
        ("leave rights", [Reason("title", ("leave",)), Reason("text", ("rights",))]),
        ("the payroll", [Reason("text", ("payroll",))]),
        ("leave leave gravel", [Reason("title", ("leave",)), Reason("nowhere", ("gravel",))]),
        ("parent*", [Reason("title-holds"), Reason("title", ("parent",))]),
        ("leave -gravel type:guide", [Reason("title-holds"), Reason("title", ("leave",))]),
        ("", []),
        ("-gravel", []),
    ],
)
def test_tells_where_the_words_stand(typed: str, reasons: list[Reason]) -> None:
    assert list(why(ABOUT, parse(typed, FILTER_NAMES))) == reasons


@pytest.mark.parametrize(
    ("title", "body", "typed", "reasons"),
    [
        ("Requests", "freedom of information", "foi", [Reason("other", ("foi",), "freedom of information")]),
        ("FOI", "", "freedom of information", [Reason("other", ("freedom", "information"), "foi")]),
        ("FOI", "freedom", "freedom of information",
         [Reason("text", ("freedom",)), Reason("other", ("information",), "foi")]),
        ("FOI", "freedom of information", "foi", [Reason("title-holds"), Reason("title", ("foi",))]),
        ("Other", "", "foi", [Reason("nowhere", ("foi",))]),
    ],
)  # fmt: skip
def test_tells_what_is_said_otherwise(title: str, body: str, typed: str, reasons: list[Reason]) -> None:
    assert list(why(document("d", title, body), parse(typed), OTHERS)) == reasons


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ({}, []),
        ({"standing": 1.0}, ["checked"]),
        ({"standing": -0.5}, ["overdue"]),
        ({"standing": -1.0, "uses": 3}, ["superseded", "used"]),
        ({"uses": 7}, ["used"]),
    ],
)
def test_tells_what_moved_it(given: dict[str, Any], kinds: list[str]) -> None:
    reasons = why(document("d", "Leave", **given), parse(""))
    assert [reason.kind for reason in reasons] == kinds
    assert [reason.count for reason in reasons if reason.kind == "used"] == ([given["uses"]] if "uses" in given else [])


def test_tells_that_it_was_put_there() -> None:
    assert why(ABOUT, parse("gravel"), pinned=True) == (Reason("pinned"), Reason("nowhere", ("gravel",)))


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["en", "fr", "cy"]))
def test_any_text_may_be_asked_about(text: str, typed: str, language: str) -> None:
    for reason in why(document("d", text, text, language=language), parse(typed), OTHERS):
        assert all(reason.words) or reason.kind in {"pinned", "title-says", "title-holds"}
