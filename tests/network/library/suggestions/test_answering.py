"""Suggesting and answering through the pages, as people do."""

from __future__ import annotations

from network.library.suggestions.models import ACCEPTED, DECLINED
from tests.network.library.shelf import BODY
from tests.network.library.suggestions.conftest import NEW, Desk
from tests.support.markup import form_of

PAGE = "/suggestions/1"


def test_a_visitor_signs_in_and_comes_back_to_the_section(desk: Desk) -> None:
    visitor = desk.cast.client()
    page = visitor.get(desk.address).get_data(as_text=True)
    assert f"{desk.address}/suggest?section=h-what-it-cost-us" in page
    assert "Suggest a change to this section: What it cost us" in page
    led = visitor.get(f"{desk.address}/suggest?section=h-what-it-cost-us")
    assert led.status_code == 303
    assert "section%3Dh-what-it-cost-us" in led.location
