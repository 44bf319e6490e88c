"""Every route says who may use it, and no rule lets a visitor write."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.routing.converters import NumberConverter

from network.core.web.access import everyone, readers
from network.core.web.area import Area, access_of

# Visitors may send only these: how somebody stops being a visitor, or stops our mails.
OPEN_TO_VISITORS = {
    "accounts.sign_in",
    "accounts.sign_out",
    "accounts.stay",  # Changes nothing but the cookie of a session that stands.
    "accounts.recover",
    "accounts.new_password",
    "people.join",
    "checking.stop",  # As the next one, for mails about guides.
    "suggestions.stop",  # The same for mails about suggestions to a guide.
    "telling.stop",  # The same for mails about replies and comments.
    "naming.stop",  # The same for mails about being named co-author.
    "saved.stop",  # A signed link in a mail, which can do nothing but end mails.
    "people.confirm",
    "adoptions.answer",  # A signed link in a mail, good for the one answer that the mail asks for.
    "adoptions.stop_mails",  # The same for ending such mails.
    "adoptions.answer_before",  # Where older mails lead.
    "adoptions.stop_mails_before",
}


def test_every_route_states_its_rule(app: Flask) -> None:
    unlabelled = {rule.endpoint for rule in app.url_map.iter_rules()} - set(access_of(app))
    assert unlabelled == set()


def test_visitors_can_send_only_what_leads_in(app: Flask) -> None:
    writing = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and access_of(app)[rule.endpoint] in (everyone, readers)
    }
    assert writing == OPEN_TO_VISITORS


def test_only_get_and_post_are_used(app: Flask) -> None:
    used = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert used == {"GET", "HEAD", "OPTIONS", "POST"}


def test_no_number_of_an_address_is_larger_than_a_row_can_have(app: Flask) -> None:
    """PostgreSQL fails on a larger one."""
    endless = {
        rule.rule
        for rule in app.url_map.iter_rules()
        for converter in rule._converters.values()
        if isinstance(converter, NumberConverter) and not (converter.max and converter.max < 2**31)
    }
    assert endless == set()


def test_a_route_without_a_rule_does_not_start() -> None:
    area = Area("planted", __name__)
    with pytest.raises(TypeError, match="does not say who may use it"):
        area.get("/planted")(lambda: "")


def test_a_members_page_leads_visitors_to_sign_in_and_back(app: Flask) -> None:
    addresses = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if access_of(app)[rule.endpoint].name == "members" and "GET" in (rule.methods or ()) and not rule.arguments
    ]
    assert addresses
    for address in addresses:
        response = app.test_client().get(address)
        assert response.status_code == 303, address
        assert response.location.startswith("/sign-in?next="), address
