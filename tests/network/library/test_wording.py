"""What the pages about a guide call it, and themselves."""

from __future__ import annotations

import re
from typing import Any

import pytest

from network.discovery.asked.labels import CHECKS, FIXED
from network.discovery.asked.labels import TITLES as FACETS
from network.library.models import CHECK_STATES, KINDS
from tests.network.library.adoptions.uses import Town
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast

TITLES = {
    "history": "History of “Bins”",
    "history/1": "Version 1 of “Bins”",
    "checks": "Checks of “Bins”",
    "flags": "Flags on “Bins”",
    "suggestions": "Suggestions for “Bins”",
    "files": "Files of “Bins”",
    "links": "Links in “Bins”",
}


@pytest.fixture
def town(cast: Cast, shelf: Shelf) -> Town:
    """A guide and people who may use it."""
    return Town(cast, shelf)


def page(client: Any, address: str) -> str:
    """A page's markup."""
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


@pytest.mark.parametrize("end", TITLES)
def test_a_title_in_a_sentence_stands_in_quotation_marks(town: Town, end: str) -> None:
    shown = page(town.cast.client(town.owner), f"/library/bins/{end}")
    assert f"<title>{TITLES[end]} – " in shown
    assert re.search(rf"<h1[^>]*>{TITLES[end]}</h1>", shown)


def test_flagging_has_one_name_and_stands_once_on_a_page(town: Town) -> None:
    for client in (town.cast.client(), town.cast.client(town.nia), town.cast.client(town.owner)):
        assert page(client, "/library/bins").count(">Flag as outdated</a>") == 1
    form = page(town.cast.client(town.nia), "/library/bins/flags/new")
    assert re.search(r"<h1[^>]*>Flag as outdated</h1>", form)
    assert "Say that it is out of date" not in form


def test_search_and_library_name_states_kinds_and_use_alike(town: Town) -> None:
    assert CHECKS == {**CHECK_STATES, "superseded": "Superseded"}
    assert FIXED["kind"].items() >= KINDS.items()
    shown = page(town.cast.client(), "/library")
    assert f"<legend>{FACETS['users']}</legend>" in shown
    assert f"<span>{FIXED['users']['others']}</span>" in shown
    assert "<span>Used or not</span>" in shown


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/checks", "Your checks"),
        ("/suggestions", "Your suggestions"),
        ("/drafts", "Your drafts"),
        ("/adoptions", "Guides we use"),
        ("/collections/new", "Start a collection"),
        ("/wanted/new", "Ask for a guide"),
    ],
)
def test_pages_are_called_what_links_to_them_say(town: Town, address: str, name: str) -> None:
    client = town.cast.client(town.owner)
    assert re.search(rf"<h1[^>]*>{name}</h1>", page(client, address))
    home = page(client, "/")
    assert f'href="{address}"' not in home or f'href="{address}">{name}</a>' in home


def test_lists_of_ones_own_have_one_frame(town: Town) -> None:
    """The same size of heading, the way back to the library, and the library as the place in the menu."""
    client = town.cast.client(town.owner)
    for address in ("/drafts", "/suggestions", "/checks", "/adoptions", "/broken-links"):
        shown = page(client, address)
        assert '<h1 class="govuk-heading-l' in shown
        assert '<a class="govuk-breadcrumbs__link" href="/library">Library</a>' in shown
        assert "govuk-service-navigation__item--active" in shown


def test_buttons_and_cards_say_what_they_are_about(town: Town) -> None:
    town.use(town.nia)
    assert "Has not told us what happened yet" in page(town.cast.client(), "/library/bins")
    own = page(town.cast.client(town.owner), "/checks")
    assert 'Check this guide<span class="govuk-visually-hidden"> “Bins”</span>' in own
    assert '<option value="me" selected>Me</option>' in page(town.cast.client(town.owner), "/collections/new")


def test_plain_english(town: Town) -> None:
    client = town.cast.client(town.owner)
    assert "Is something missing?" in page(client, "/wanted")
    assert "only when both answers are yes" in page(client, "/library/bins/checks")
    assert "Download what I wrote" in page(client, "/library/export")


def test_the_menu_has_whoever_is_signed_in_their_settings_and_the_way_out(town: Town) -> None:
    shown = page(town.cast.client(town.owner), "/library")
    menu = shown[shown.index('id="navigation"') : shown.index("</nav>", shown.index('id="navigation"'))]
    for words in (
        'href="/people/owen-pritchard">Owen Pritchard</a>',
        'href="/settings">Settings</a>',
        "Sign out</button>",
    ):
        assert words in menu
    assert "Sign out" not in page(town.cast.client(), "/library")
