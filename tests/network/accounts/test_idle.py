"""Two minutes before a shared computer signs out a page says so, and what is being written is not lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests.support.cast import PASSWORD, Cast
from tests.support.sending import filled, find_form, forms_of, send

EMAIL = "priya.raman@harrowdale.example"
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
JSON = {"Accept": "application/json", "Sec-Fetch-Mode": "cors"}
REFRESH = re.compile(r"(\d+); url=(/\S*)")


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def shared(cast: Cast, clock: Any) -> Any:
    """Somebody signed in on a shared computer at nine o'clock."""
    cast.person()
    client = cast.client()
    send(client, "/sign-in", email=EMAIL, password=PASSWORD, shared="y")
    return client


def refresh(page: Any) -> tuple[int, str]:
    """After how many seconds the browser goes where by itself."""
    found = REFRESH.fullmatch(page.headers["Refresh"])
    assert found is not None
    return int(found[1]), found[2]


def test_a_page_that_is_read_turns_into_the_warning_and_that_into_sign_in(shared: Any, clock: Any) -> None:
    seconds, warning = refresh(shared.get("/people?q=a+b"))
    assert (seconds, warning) == (480, "/idle?next=/people%3Fq%3Da%2Bb")
    clock.shift(seconds)
    page = shared.get(warning)
    assert "We will sign you out at 9:10am" in page.get_data(as_text=True)
    seconds, again = refresh(page)
    assert (seconds, again) == (121, warning)
    clock.shift(seconds)
    ended = shared.get(again)
    assert ended.location == "/sign-in?next=/people%3Fq%3Da%2Bb"
    assert "You were signed out after 10 minutes" in shared.get(ended.location).get_data(as_text=True)


def test_staying_begins_the_ten_minutes_anew_and_leads_back(shared: Any, clock: Any) -> None:
    clock.shift(500)
    answer = send(shared, "/idle?next=/people%3Fq%3Da")
    assert (answer.status_code, answer.location) == (303, "/people?q=a")
    clock.shift(590)
    assert shared.get("/settings").status_code == 200


def test_being_warned_is_no_activity(shared: Any, clock: Any) -> None:
    for _ in range(6):
        clock.shift(100)
        shared.get("/idle?next=/people")
    clock.shift(1)
    assert shared.get("/settings").status_code == 303


def test_the_warning_follows_what_happens_in_another_window(shared: Any, clock: Any) -> None:
    clock.shift(400)
    shared.get("/settings")
    clock.shift(80)
    page = shared.get("/idle?next=/people")
    assert "We will sign you out at 9:16am" in page.get_data(as_text=True)
    assert refresh(page)[0] == 521


def test_a_page_that_is_written_in_stays_and_names_the_time(shared: Any) -> None:
    for address in ("/settings/profile", "/library/new", "/groups/new", "/settings/password", "/ask"):
        page = shared.get(address)
        assert "Refresh" not in page.headers, address
        assert "We will sign you out at 9:10am" in page.get_data(as_text=True)


def test_every_form_that_is_typed_into_is_known_as_one(shared: Any) -> None:
    """The mark is `novalidate`; a form with a box and without the mark would be thrown away by the refresh."""
    for address in ("/settings", "/settings/email", "/settings/photo", "/drafts", "/groups/ask-anyone", "/library"):
        for form in forms_of(shared.get(address).get_data(as_text=True)):
            boxes = [one for one in form.iter() if one.tag == "textarea" or one.get("type") in ("text", "password")]
            assert form.get("method") != "post" or not boxes or form.get("novalidate") is not None, address


def test_nobody_else_is_warned(cast: Cast, client: Any) -> None:
    own = cast.client(cast.person())
    assert "Refresh" not in own.get("/people").headers
    assert own.get("/idle?next=/people").location == "/people"
    assert "Refresh" not in client.get("/people").headers
    assert client.get("/idle?next=/people").location == "/sign-in?next=/people"


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "/idle?next=/idle"])
def test_the_way_back_is_on_this_site_and_not_here(shared: Any, clock: Any, address: str) -> None:
    clock.shift(500)
    assert send(shared, "/idle", next=address).location == "/"


def test_staying_too_late_leads_through_sign_in(shared: Any, clock: Any) -> None:
    fields = filled(find_form(shared.get("/idle?next=/people").get_data(as_text=True)))
    clock.shift(700)
    assert shared.post("/idle", data=fields).location == "/sign-in?next=/people"


def test_typing_counts_as_being_there(shared: Any, clock: Any) -> None:
    fields = filled(find_form(shared.get("/idle").get_data(as_text=True)))
    clock.shift(480)
    answer = shared.post("/idle", data=fields, headers=JSON)
    assert answer.json == {"until": "9:18am"}
    clock.shift(590)
    assert shared.get("/settings").status_code == 200


def test_what_is_being_typed_is_handed_over_and_comes_back_into_its_form(shared: Any, clock: Any) -> None:
    typed = {**filled(find_form(shared.get("/settings/profile").get_data(as_text=True))), "about": "Half a sent"}
    clock.shift(480)
    answer = shared.post("/kept?path=/settings/profile", data=typed, headers=JSON)
    assert answer.status_code == 201
    warning = shared.get(answer.json["address"])
    assert "What you were writing is safe" in warning.get_data(as_text=True)
    back = send(shared, answer.json["address"])
    page = shared.get(back.location).get_data(as_text=True)
    form = filled(find_form(page))
    assert form["about"] == ["Half a sent"]
    assert 'data-unsent="yes"' in page
    assert shared.post("/settings/profile", data=form).location == "/people/priya-raman"


def test_handing_over_is_no_activity(shared: Any, clock: Any) -> None:
    typed = filled(find_form(shared.get("/settings/profile").get_data(as_text=True)))
    clock.shift(590)
    shared.post("/kept?path=/settings/profile", data=typed, headers=JSON)
    clock.shift(11)
    assert shared.get("/settings").status_code == 303


def test_it_also_comes_back_after_signing_in_again(shared: Any, clock: Any) -> None:
    typed = {**filled(find_form(shared.get("/ask").get_data(as_text=True))), "title": "Half a que", "body": "Why"}
    warning = shared.post("/kept?path=/ask%3Fkind%3Ddiscussion", data=typed, headers=JSON).json["address"]
    clock.shift(700)
    led = send(shared, shared.get(warning).location, email=EMAIL, password=PASSWORD)
    assert led.location.startswith("/ask?kind=discussion&kept=")
    form = filled(find_form(shared.get(led.location).get_data(as_text=True)))
    assert (form["title"], form["body"]) == (["Half a que"], ["Why"])
    # Kept once more, it is the newer text that comes back.
    again = {**form, "title": "Half a question"}
    warning = shared.post(f"/kept?path={led.location.replace('&', '%26')}", data=again, headers=JSON).json["address"]
    assert warning.count("kept") == 1


def test_nobody_else_gets_what_was_typed(cast: Cast, shared: Any) -> None:
    typed = {**filled(find_form(shared.get("/ask").get_data(as_text=True))), "title": "Between us"}
    key = shared.post("/kept?path=/ask", data=typed, headers=JSON).json["address"].rpartition("kept%3D")[2]
    owen = cast.client(cast.person("Owen Pritchard"))
    assert "Between us" not in owen.get(f"/ask?kept={key}").get_data(as_text=True)
    assert "Between us" in shared.get(f"/ask?kept={key}").get_data(as_text=True)
    assert "Between us" not in shared.get(f"/groups/new?kept={key}").get_data(as_text=True)


def test_what_was_sent_too_late_can_be_written_on(shared: Any, clock: Any) -> None:
    typed = {**filled(find_form(shared.get("/ask").get_data(as_text=True))), "title": "A question", "body": "Why"}
    clock.shift(timedelta(minutes=30))
    led = send(shared, shared.post("/ask", data=typed).location, email=EMAIL, password=PASSWORD)
    again = re.search(r'href="(/ask\?kept=[^"]+)"', shared.get(led.location).get_data(as_text=True))
    assert again is not None
    assert filled(find_form(shared.get(again[1]).get_data(as_text=True)))["body"] == ["Why"]


@pytest.mark.parametrize("typed", [{}, {"title": "x", "password": "seven quiet harbours"}])
def test_nothing_and_passwords_are_not_kept(shared: Any, typed: dict[str, str]) -> None:
    token = filled(find_form(shared.get("/ask").get_data(as_text=True)))["csrf_token"]
    assert shared.post("/kept?path=/ask", data={**typed, "csrf_token": token}, headers=JSON).status_code == 400
