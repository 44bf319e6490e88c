"""Nothing of a suggestion in a closed group, of a draft or to a withdrawn guide is seen where it should not be."""

from __future__ import annotations

from flask import Flask

from network.core.db import db
from network.core.transaction import transaction
from network.groups.models import Group
from network.library.actions.ending import withdraw
from network.library.models import Guide
from network.library.suggestions import actions
from network.library.suggestions.actions import Proposal
from network.threads.writing import render_post
from tests.network.library.suggestions.conftest import Desk
from tests.support.canaries import INSIDERS, SECRET, Canaries
from tests.support.cast import Cast
from tests.support.mails import mails
from tests.support.sending import send

WORD = "kakapofeather"


def suggest_inside(app: Flask, found: Canaries) -> None:
    """The facilitator suggests, the member who wrote the guide is asked, and both talk."""
    cast = Cast(app)
    viewer = cast.viewer(found.roles["facilitator"])
    with app.app_context():
        guide = db.session.query(Guide).filter_by(slug=found.guide.rpartition("/")[2]).one()
        guide_id, words = guide.id, {"title": guide.title, "summary": guide.summary}
        html = render_post(WORD).html
        with transaction():
            actions.send(viewer=viewer, guide_id=guide_id, proposal=Proposal(1, body=WORD, why=WORD, **words))
            actions.say(viewer=viewer, guide_id=guide_id, number=1, body=WORD, html=html)


def test_a_closed_groups_suggestions_stay_there(app: Flask, canaries: Canaries) -> None:
    found = canaries
    suggest_inside(app, found)
    assert {mail.to for mail in mails(app)} == {"member.person@harrowdale.example"}
    inside = (f"{found.guide}/suggestions", f"{found.guide}/suggestions/1")
    around = ("/suggestions", "/", "/library", f"/search?q={WORD}", found.group)
    for role in found.roles:
        client = found.client(role)
        for address in inside:
            page = client.get(address)
            seen = WORD in page.get_data(as_text=True)
            assert seen == (role in INSIDERS and page.status_code == 200), (role, address)
            assert role in INSIDERS or page.status_code in (303, 404), (role, address, page.status_code)
        for address in around:
            text = client.get(address).get_data(as_text=True)
            assert role in INSIDERS or "/suggestions/1" not in text, (role, address)
            assert role in INSIDERS or address.startswith("/search") or WORD not in text, (role, address)
            assert role in INSIDERS or SECRET not in text, (role, address)
        editor = client.get(f"{found.guide}/suggest")
        assert (editor.status_code == 200) == (role == "facilitator"), role
        for act in ("answer", "reply", "withdraw"):
            answer = client.post(f"{found.guide}/suggestions/1/{act}", data={"act": "decline", "answer": "no"})
            assert role in INSIDERS or answer.status_code in (303, 400, 404), (role, act)


def test_suggestions_are_not_found_by_search_even_where_all_can_read_them(desk: Desk) -> None:
    desk.suggest(why=WORD, body=f"{WORD} everywhere")
    mails(desk.app)
    page = desk.cast.client(desk.owen).get(f"/search?q={WORD}").get_data(as_text=True)
    assert "/suggestions/1" not in page
    assert f'{desk.address}"' not in page


def test_what_is_closed_or_withdrawn_takes_its_suggestions_along(desk: Desk) -> None:
    cast = desk.cast
    group = cast.group(members=(desk.owen,))
    with desk.app.app_context(), transaction():
        db.session.get_one(Guide, desk.guide).group_id = group
    desk.suggest(why=WORD)
    visitor, fatima = cast.client(), cast.client(desk.fatima)
    assert WORD in visitor.get(f"{desk.address}/suggestions/1").get_data(as_text=True)
    with desk.app.app_context(), transaction():
        row = db.session.get_one(Group, group)
        row.openness, row.closed_reason = "closed", "We talk about people"
    for client in (visitor, fatima):
        assert client.get(f"{desk.address}/suggestions/1").status_code == 404
        assert WORD not in client.get("/suggestions", follow_redirects=True).get_data(as_text=True)
    owner = cast.viewer(desk.owen)
    with desk.app.app_context(), transaction():
        actions.decline(viewer=owner, guide_id=desk.guide, number=1, answer="No")
    assert mails(desk.app) == []  # Fatima may no longer read it.
    with desk.app.app_context(), transaction():
        withdraw(viewer=owner, guide_id=desk.guide, reason="Old")
    owen = cast.client(desk.owen)
    assert owen.get(f"{desk.address}/suggestions/1", follow_redirects=True).status_code == 410
    assert WORD not in owen.get("/suggestions").get_data(as_text=True)
    assert WORD not in owen.get("/").get_data(as_text=True)


def test_what_is_hidden_shows_its_reason_alone(desk: Desk) -> None:
    desk.suggest(why=WORD, body=WORD)
    mails(desk.app)
    moderator = desk.cast.client(desk.cast.person("Moderator Person", role="moderator"))
    address = f"{desk.address}/suggestions/1"
    assert desk.cast.client(desk.owen).get(f"{address}/hide").status_code == 403
    assert "Enter a reason" in send(moderator, f"{address}/hide").get_data(as_text=True)
    assert send(moderator, f"{address}/hide", reason="An advertisement").location == address
    assert desk.now().suggestion_count == 0
    for person in (None, desk.owen, desk.fatima):
        client = desk.cast.client(person)
        page = client.get(address)
        assert page.status_code == 410
        assert "An advertisement" in page.get_data(as_text=True)
        for place in (address, f"{desk.address}/suggestions", f"{address}/reply"):
            assert WORD not in client.get(place, follow_redirects=True).get_data(as_text=True), (person, place)
    assert mails(desk.app)[-1].subject.endswith("was hidden")
