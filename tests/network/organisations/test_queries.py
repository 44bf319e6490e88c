"""Domains match whole labels, and nothing that only looks alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.organisations.queries import domain_matches

label = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)


@pytest.mark.parametrize(
    ("domain", "listed", "matches"),
    [
        ("org.example", "org.example", True),
        ("it.org.example", "org.example", True),
        ("IT.ORG.example", "Org.Example", True),
        ("evilorg.example", "org.example", False),
        ("org.example.evil.example", "org.example", False),
        ("example", "org.example", False),
        ("", "org.example", False),
    ],
)
def test_examples(domain: str, listed: str, matches: bool) -> None:
    assert domain_matches(domain, listed) is matches


@given(label, label, label)
def test_a_letter_in_front_makes_another_domain(front: str, name: str, top: str) -> None:
    assert domain_matches(f"{front}.{name}.{top}", f"{name}.{top}")
    assert not domain_matches(f"{front}{name}.{top}", f"{name}.{top}")
    assert not domain_matches(f"{name}.{top}.{front}", f"{name}.{top}") or front == top == name
