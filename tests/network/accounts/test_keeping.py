"""What somebody sends after their session ended waits for them, and for nobody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from markupsafe import Markup
from sqlalchemy import delete, func, select
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, SelectMultipleField

from network.accounts.keeping import MOST
from network.accounts.models import KeptForm
from network.accounts.written import CHOSEN
from network.core.db import db
from network.core.transaction import transaction
from network.core.web.forms import Form
from network.core.worker import run_due
from network.groups.models import Membership
from network.people.models import Person
from tests.network.discussions.talk import Talk
from tests.support.cast import PASSWORD, Cast
from tests.support.sending import filled, find_form, form_of, send

EMAIL = "priya.raman@harrowdale.example"
FETCHED = {"Sec-Fetch-Mode": "cors"}
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WRITTEN = "First line with “quotes” & <b>signs</b>\n\nSecond paragraph"


def sign_in(client: Any, email: str = EMAIL, *, address: str = "/sign-in", shared: bool = True) -> Any:
    return send(client, address, email=email, password=PASSWORD, shared="y" if shared else None)


def open_form(client: Any) -> dict[str, Any]:
    return filled(find_form(client.get("/settings/profile").get_data(as_text=True)))


def copy_of(client: Any, cast: Cast) -> Any:
    """Another browser with the same cookie."""
    other = cast.client()
    other.set_cookie("session", client.get_cookie("session").value)
    return other


def kept(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(KeptForm)) or 0


def about(app: Flask) -> str:
    with app.app_context():
        return db.session.scalars(select(Person.about).where(Person.name == "Priya Raman")).one()


def test_writing_on_a_shared_computer_survives_the_sign_out(app: Flask, cast: Cast) -> None:
    cast.person()
    client = cast.client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        fields = {**open_form(client), "about": WRITTEN}
        clock.shift(timedelta(minutes=30))
        refused = client.post("/settings/profile", data=fields)
        assert refused.status_code == 303
        assert refused.location.startswith("/sign-in?next=/kept/")
        assert "your writing is safe" in client.get(refused.location).get_data(as_text=True)
        led = sign_in(client, address=refused.location)
        page = client.get(led.location)
        assert page.headers["Cache-Control"] == "no-store"
        assert "Second paragraph" in page.get_data(as_text=True)
        assert about(app) == ""
        again = send(client, led.location)
    assert (again.status_code, again.location) == (303, "/people/priya-raman")
    assert about(app) == WRITTEN


def test_the_page_shows_what_was_written_in_peoples_words_and_sends_the_rest_again(app: Flask, cast: Cast) -> None:
    cast.person()
    client = cast.client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        fields = filled(find_form(client.get("/library/new").get_data(as_text=True)))
        clock.shift(timedelta(minutes=30))
        refused = client.post("/library/new", data={**fields, "title": "Bins", "body": WRITTEN, "act": "publish"})
        led = sign_in(client, address=refused.location)
        page = client.get(led.location).get_data(as_text=True)
        words = [Markup(key).striptags() for key in re.findall(r"<dt.*?</dt>", page)]
        assert words[:2] == ["Title", "Text"]
        in_sight, folded, _ = page.partition('<details class="govuk-details govuk-!-margin-bottom-6"><summary')
        assert folded
        assert len(re.findall("<dt", in_sight)) == 2
        assert not [code for code in ("publish", "person:", "/library/new<", "cc-by") if f">{code}" in in_sight]
        sent = filled(find_form(page))
        for name in sent.keys() - {"csrf_token", "idempotency_key"}:
            for value in sent[name]:
                assert not value.strip() or value in WRITTEN or f">{value}<" in page, f"{name} is sent unseen"
        assert (
            '<dt class="govuk-summary-list__key">Button</dt><dd class="govuk-summary-list__value">publish</dd>' in page
        )
        assert '<dd class="govuk-summary-list__value">/library/new</dd>' in page
        assert send(client, led.location).location == "/library/bins"


def test_words_are_shown_also_where_another_form_has_a_choice_of_that_name(app: Flask, cast: Cast) -> None:
    cast.person()
    client = cast.client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        token = open_form(client)["csrf_token"]
        clock.shift(timedelta(minutes=30))
        sent = {"csrf_token": token, "answer": "Thank you, nearly", "act": "edit first", "take": "1"}
        led = sign_in(client, address=client.post("/library/bins/suggestions/1/answer", data=sent).location)
        in_sight, _, folded = client.get(led.location).get_data(as_text=True).partition("<details")
    assert "Thank you, nearly" in in_sight
    assert "edit first" not in in_sight
    assert "edit first" in folded.partition("</details>")[0]


def test_a_long_address_is_kept_whole(app: Flask, cast: Cast) -> None:
    cast.person()
    client = cast.client()
    ticks = "&".join(f"take={number}" for number in range(1, 120))
    address = f"/library/bins/suggestions/1/edit?{ticks}&answer={'%C3%A9' * 300}"
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        token = open_form(client)["csrf_token"]
        clock.shift(timedelta(minutes=30))
        led = sign_in(client, address=client.post(address, data={"csrf_token": token, "body": WRITTEN}).location)
        page = client.get(led.location)
    assert find_form(page.text, action=address)
    assert f"{address}&kept=".replace("&", "&amp;") in page.text


def test_every_choice_that_a_form_offers_is_left_out_of_that_page(app: Flask) -> None:
    codes = (SelectField, SelectMultipleField, RadioField, BooleanField, HiddenField, DateField)
    forms, names = [Form], set()
    while forms:
        form = forms.pop()
        forms += form.__subclasses__()
        names |= {name for name, made in vars(form).items() if issubclass(getattr(made, "field_class", object), codes)}
    assert "owner" in names
    # Forms that are made for what one person has to answer number their fields.
    names = {name for name in names if not name[-1].isdigit()}
    # Text in one form and a choice in another: a choice there is a number, which is left out too.
    assert names - CHOSEN <= {"topics", "successor", "text", "words"}


def test_also_when_another_tab_noticed_first(app: Flask, cast: Cast) -> None:
    cast.person()
    client = cast.client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        fields = {**open_form(client), "about": WRITTEN}
        clock.shift(timedelta(minutes=30))
        client.get("/people")
        assert client.post("/settings/profile", data=fields).location.startswith("/sign-in?next=/kept/")
    assert kept(app) == 1


def test_a_page_opened_before_can_be_sent_after_signing_in_again(app: Flask, cast: Cast) -> None:
    cast.person()
    client = cast.client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        fields = {**open_form(client), "about": WRITTEN}
        clock.shift(timedelta(minutes=30))
        client.get("/people")
        sign_in(client)
        assert client.post("/settings/profile", data=fields).location == "/people/priya-raman"
    assert about(app) == WRITTEN


def test_after_a_password_change_nothing_is_kept_for_other_browsers_and_a_page_left_open_can_still_be_sent(
    app: Flask, cast: Cast
) -> None:
    """It may have been changed because somebody else holds a copy of the cookie."""
    cast.person()
    here, there = cast.client(), cast.client()
    sign_in(here, shared=False)
    sign_in(there, shared=False)
    fields = {**open_form(there), "about": WRITTEN}
    new = "seven quiet harbours"
    send(here, "/settings/password", current=PASSWORD, password=new)
    assert there.post("/settings/profile", data=fields).location.startswith("/sign-in")
    assert kept(app) == 0
    send(there, "/sign-in", email=EMAIL, password=new)
    assert there.post("/settings/profile", data=fields).location == "/people/priya-raman"
    assert about(app) == WRITTEN


@pytest.mark.parametrize("ending", ["signed out", "ran out", "ran out and signed out", "ran out and signed in"])
def test_a_copy_of_an_ended_cookie_cannot_plant_a_form(app: Flask, cast: Cast, ending: str) -> None:
    cast.person()
    client = cast.client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        fields = {**open_form(client), "about": "planted"}
        thief = copy_of(client, cast)
        page = client.get("/settings").get_data(as_text=True)
        if ending.startswith("ran out"):
            clock.shift(timedelta(minutes=30))
            if ending == "ran out":
                client.post("/idle", data={"csrf_token": fields["csrf_token"]})
            elif ending.endswith("in"):
                client.get("/people")
                thief = copy_of(client, cast)
                sign_in(client)
        if ending.endswith("signed out"):
            client.post("/sign-out", data=filled(find_form(page, action="/sign-out")))
        assert thief.post("/settings/profile", data=fields).location.startswith("/sign-in")
    assert kept(app) == 0


def test_the_next_person_at_the_computer_does_not_see_it(cast: Cast) -> None:
    cast.person()
    cast.person("Owen Pritchard")
    client = cast.client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        fields = {**open_form(client), "about": WRITTEN}
        clock.shift(timedelta(minutes=30))
        refused = client.post("/settings/profile", data=fields)
        led = sign_in(client, "owen.pritchard@harrowdale.example", address=refused.location)
        answer = client.get(led.location)
        assert answer.status_code == 404
        assert "Second paragraph" not in answer.get_data(as_text=True)
        # The token of the person before is worth nothing in this session.
        assert client.post("/settings/profile", data=fields).status_code == 400


def test_nothing_is_kept_of_forms_that_did_not_come_from_a_page_of_ours(app: Flask, cast: Cast) -> None:
    cast.person()
    client = cast.client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        clock.shift(timedelta(minutes=30))
        assert client.post("/settings/profile", data={"about": "planted"}).status_code == 400
        assert client.post("/settings/profile", data={"about": "planted", "csrf_token": "made-up"}).status_code == 400
    assert kept(app) == 0


def test_passwords_are_never_kept(app: Flask, cast: Cast) -> None:
    cast.person()
    client = cast.client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        page = client.get("/settings/password").get_data(as_text=True)
        clock.shift(timedelta(minutes=30))
        fields = {**filled(find_form(page)), "current": PASSWORD, "password": "seven quiet harbours"}
        assert client.post("/settings/password", data=fields).location.startswith("/sign-in")
    assert kept(app) == 0


def test_scripts_in_the_background_leave_no_copies(app: Flask, cast: Cast) -> None:
    cast.person()
    client = cast.client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        fields = open_form(client)
        clock.shift(timedelta(minutes=30))
        client.post("/settings/profile", data=fields, headers=FETCHED)
    assert kept(app) == 0


def sign_out_in_another_tab(client: Any) -> None:
    client.post("/sign-out", data=filled(find_form(client.get("/settings").get_data(as_text=True), action="/sign-out")))


def test_what_was_left_for_somebody_signed_out_is_found_by_its_own_address_alone(app: Flask, cast: Cast) -> None:
    """Whoever sits before a page that was left open could have written it, so the page does not offer it."""
    cast.person()
    client = cast.client()
    sign_in(client)
    fields = {**form_of(client, "/ask"), "title": "Planted"}
    sign_out_in_another_tab(client)
    refused = client.post("/ask", data=fields)
    assert refused.location.startswith("/sign-in?next=/kept/")
    led = sign_in(client, address=refused.location)
    assert "Planted" in client.get(led.location).text
    assert "You began to write something here" not in client.get("/ask").text


@pytest.mark.parametrize("shared", [True, False])
def test_what_is_sent_after_signing_out_in_another_tab_waits_for_its_writer(
    app: Flask, cast: Cast, *, shared: bool
) -> None:
    cast.person()
    other = cast.person("Ann Evans")
    client = cast.client()
    sign_in(client, shared=shared)
    fields = {**open_form(client), "about": WRITTEN}
    sign_out_in_another_tab(client)
    by_script = client.post("/settings/profile", data=fields, headers={"Accept": "application/json", **FETCHED})
    assert (by_script.status_code, by_script.json) == (400, {"expired": True})
    refused = client.post("/settings/profile", data=fields)
    assert refused.location.startswith("/sign-in?next=/kept/")
    link = refused.location.partition("next=")[2]
    assert cast.client(other).get(link).status_code == 404
    led = sign_in(client, address=refused.location, shared=shared)
    assert send(client, led.location).location == "/people/priya-raman"
    assert about(app) == WRITTEN


def test_whoever_signed_in_again_elsewhere_finds_it_and_the_next_person_keeps_nothing(app: Flask, cast: Cast) -> None:
    cast.person()
    client = cast.client()
    sign_in(client)
    fields = {**open_form(client), "about": WRITTEN}
    sign_out_in_another_tab(client)
    other = cast.client(cast.person("Ann Evans"))
    assert other.post("/settings/profile", data=fields).status_code == 400
    assert kept(app) == 0
    sign_in(client)
    refused = client.post("/settings/profile", data=fields)
    assert refused.location.startswith("/kept/")
    assert "Second paragraph" in client.get(refused.location).get_data(as_text=True)


def test_a_page_from_before_the_password_was_changed_or_of_yesterday_keeps_nothing(app: Flask, cast: Cast) -> None:
    cast.person()
    client = cast.client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client, shared=False)
        fields = {**open_form(client), "about": WRITTEN}
        clock.shift(timedelta(hours=25))
        assert cast.client().post("/settings/profile", data=fields).status_code == 400
        fields = {**open_form(client), "about": WRITTEN}
        new = "seven quiet harbours"
        send(client, "/settings/password", current=PASSWORD, password=new)
        assert cast.client().post("/settings/profile", data=fields).status_code == 400
    assert kept(app) == 0


def test_visitors_are_only_led_to_sign_in(app: Flask, cast: Cast, client: Any) -> None:
    form_token = filled(find_form(client.get("/sign-in").get_data(as_text=True)))["csrf_token"]
    answer = client.post("/settings/profile", data={"about": "x", "csrf_token": form_token})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert kept(app) == 0


def test_it_can_be_deleted_and_is_gone_after_a_day(app: Flask, cast: Cast) -> None:
    cast.person()
    client = cast.client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        fields = open_form(client)
        clock.shift(timedelta(minutes=30))
        first = client.post("/settings/profile", data=fields)
        second = client.post("/settings/profile", data=fields)
        first_at = sign_in(client, address=first.location).location
        send(client, first_at, action=f"{first_at}/delete")
        assert client.get(first_at).status_code == 404
        second_at = second.location.partition("next=")[2]
        assert client.get(second_at).status_code == 200
        run_due(app)
        assert kept(app) == 1
        clock.shift(timedelta(hours=25))
        sign_in(client)
        assert client.get(second_at).status_code == 404
        run_due(app)
    assert kept(app) == 0


def test_only_the_newest_few_are_kept(app: Flask, cast: Cast) -> None:
    cast.person()
    client = cast.client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        fields = open_form(client)
        clock.shift(timedelta(minutes=30))
        for _ in range(MOST + 3):
            clock.shift(1)
            client.post("/settings/profile", data=fields)
    assert kept(app) == MOST


@pytest.mark.parametrize("address", ["/kept/nothing", "/kept/nothing/delete"])
def test_kept_pages_are_for_members(client: Any, address: str) -> None:
    assert client.get(address).status_code in (303, 405)


def test_what_is_kept_says_where_it_goes(app: Flask, cast: Cast) -> None:
    person = cast.person()
    group = cast.group("reviews", closed=True, members=(person,))
    asked = Talk(app).start(group, person, title="Who <records> it?")
    with time_machine.travel(START, tick=False) as clock:
        client = cast.client()
        sign_in(client)
        form = form_of(client, f"{asked.address}/reply")
        clock.shift(timedelta(minutes=30))
        refused = client.post(f"{asked.address}/reply", data={**form, "body": WRITTEN})
        address = sign_in(client, address=refused.location).location
        named = f'Question: <a class="govuk-link" href="{asked.address}">Who &lt;records&gt; it?</a>'
        assert named in client.get(address).text
        with app.app_context(), transaction():
            db.session.execute(delete(Membership))
        assert "records" not in client.get(address).text.replace(asked.address, "")
