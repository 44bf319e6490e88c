"""Short forms of names: what finds what, and what must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.alternatives import folded_words
from search.nicknames import NICKNAMES
from tests.search.building import ask, document, keys
from tests.search.opening import OPENINGS


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("liz", "elizabeth"),
        ("elizabeth", "liz"),
        ("bob", "robert"),
        ("kate", "katherine"),
        ("kate", "catherine"),
        ("catherine", "katherine"),
        ("bill", "william"),
        ("gwen", "gwenllian"),
        ("dai", "dafydd"),
        ("david", "dafydd"),
        ("sian", "jane"),
        ("twm", "tomos"),
        ("lizzie", "liz"),
        ("sam", "samantha"),
        ("sam", "samuel"),
        ("chris", "christopher"),
        ("peggy", "margaret"),
        ("meg", "marged"),
    ],
)
def test_finds(typed: str, meant: str) -> None:
    assert meant in NICKNAMES[typed]


@pytest.mark.parametrize(
    ("typed", "other"),
    [("samuel", "samantha"), ("alexander", "alexandra"), ("beth", "lisa"), ("stephen", "stephanie"), ("liz", "liz")],
)
def test_does_not_find(typed: str, other: str) -> None:
    assert other not in NICKNAMES[typed]


def test_full_and_short_forms_find_each_other() -> None:
    for name, others in NICKNAMES.items():
        assert folded_words(name) == name
        assert others
        assert all(name in NICKNAMES[other] for other in others)


@pytest.mark.parametrize("name", OPENINGS)
def test_people_are_found_by_what_they_are_called(name: str, tmp_path: Path) -> None:
    people = ["Elizabeth Jones", "Liz Hughes", "Siân Jones", "Beth Owen", "William Price", "Will Price"]
    with OPENINGS[name](tmp_path) as engine:
        engine.put([document(person, person, subject="person") for person in people])
        found = {
            typed: keys(ask(engine, typed, alternatives=NICKNAMES))
            for typed in ("Liz", "elizabeth", "Lizzie Jones", "Bob", "Jane", "will price", "William")
        }
    assert found["Liz"] == ["Liz Hughes", "Elizabeth Jones"]
    assert found["elizabeth"][0] == "Elizabeth Jones"
    assert set(found["elizabeth"]) == {"Elizabeth Jones", "Liz Hughes", "Beth Owen"}
    assert found["Lizzie Jones"][0] == "Elizabeth Jones"
    assert found["Bob"] == []
    assert found["Jane"] == ["Siân Jones"]
    assert found["will price"][0] == "Will Price"
    assert found["William"][:1] == ["William Price"]
