"""“Why here”: told on demand, of hits on the page only."""

from __future__ import annotations

import re

import pytest

from network.discovery.engine import engine
from tests.support.canaries import INSIDERS, OPEN, ROLES, SECRET, Canaries


def links(text: str) -> list[str]:
    return [found.replace("&amp;", "&") for found in re.findall(r'href="([^"]*why=[^"]*)"', text)]


def told(text: str) -> str:
    found = re.search(r'<li id="why".*?</li>\n<li |<li id="why".*?</ol>', text, re.S)
    found = re.search(r'<div class="govuk-inset-text.*?</div>', found[0], re.S) if found else None
    return re.sub(r"<[^>]+>", " ", found[0]) if found else ""


def test_each_result_tells_why_it_is_here(canaries: Canaries) -> None:
    client = canaries.client("visitor")
    text = client.get(f"/search?q=working+{OPEN}+unobtainium&exact=1").get_data(as_text=True)
    assert told(text) == ""
    first = client.get(links(text)[0].partition("#")[0]).get_data(as_text=True)
    assert f"In its title: working, {OPEN}." in told(first)
    assert "Not in it: unobtainium." in told(first)
    whole = client.get(links(client.get(f"/search?q=working+{OPEN}").get_data(as_text=True))[0]).get_data(as_text=True)
    assert "Its title holds all your words." in told(whole)


def test_a_sorted_list_says_so_and_is_not_explained_by_ranking(canaries: Canaries) -> None:
    client = canaries.client("visitor")
    text = client.get(f"/search?q={OPEN}&sort=newest").get_data(as_text=True)
    explained = told(client.get(links(text)[0]).get_data(as_text=True))
    assert "You sorted by date" in explained
    assert "moves it" not in explained


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_on_the_page_is_not_explained(canaries: Canaries, role: str) -> None:
    with canaries.app.app_context():
        keys = list(engine().versions())
    assert len(keys) > 5
    for key in [*keys, "guide:9999", "nonsense:1", "guide:x", "guide", ":", "x" * 500]:
        text = canaries.client(role).get("/search", query_string={"q": f"working {SECRET}", "why": key})
        assert text.status_code == 200
        if role not in INSIDERS:
            assert SECRET not in told(text.get_data(as_text=True)).replace(f"Not in it: {SECRET}", "")
            assert "all your words" not in told(text.get_data(as_text=True))
