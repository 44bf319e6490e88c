"""Administrators keep the list of topics."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.audit.models import AuditEntry
from network.core.db import db
from network.core.transaction import transaction
from network.vocabulary.models import Topic, TopicAlias
from tests.network.admin.roles import REFUSED, ROLES, sent, statuses
from tests.network.discussions.talk import hidden, send
from tests.support.cast import Cast

PLACE = "/admin/topics"
FORMS = ("/new", "/{id}/edit", "/{id}/merge", "/{id}/remove")


@pytest.fixture
def keeper(cast: Cast) -> Any:
    """An administrator's browser."""
    return cast.client(cast.person("Nadia Hussain", role="administrator"))


def under(app: Flask, slug: str, parent: str) -> int:
    """Put a topic that is there under another."""
    with app.app_context(), transaction():
        row = db.session.scalars(select(Topic).where(Topic.slug == slug)).one()
        row.parent_id = db.session.scalars(select(Topic.id).where(Topic.slug == parent)).one()
        return row.id


def names(keeper: Any) -> list[tuple[str, str]]:
    """Topic and the one above it, in the order of the table."""
    rows = csv.DictReader(io.StringIO(keeper.get(PLACE + ".csv").text.lstrip("\ufeff")))
    return [(row["Topic"], row["Under"]) for row in rows]


@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_keep_the_topics(cast: Cast, role: str) -> None:
    topic = cast.topic("housing")
    addresses = [PLACE, PLACE + ".csv", *((PLACE + form).format(id=topic) for form in FORMS)]
    wanted = 200 if role == "administrator" else REFUSED[role]
    assert statuses(cast, role, addresses) == dict.fromkeys(addresses, wanted)
    if role in ("member", "moderator"):
        forms = [(PLACE + form).format(id=topic) for form in (*FORMS, "/{id}/up")]
        assert sent(cast, role, forms) == dict.fromkeys(forms, 403)


def test_an_empty_list_leads_administrators_on_and_nobody_else(cast: Cast, keeper: Any) -> None:
    assert f'href="{PLACE}/new"' in keeper.get("/topics").text
    assert PLACE not in cast.client(cast.person("Priya Raman")).get("/topics").text
    cast.topic("housing")
    assert f'href="{PLACE}"' in keeper.get("/topics").text
    assert PLACE not in cast.client().get("/topics").text


def test_what_is_added_can_be_chosen_at_once_and_is_on_record(app: Flask, keeper: Any) -> None:
    send(keeper, PLACE + "/new", name="Housing", parent="0", about="Homes.", aliases="council housing\nhomes")
    with app.app_context():
        above = db.session.scalars(select(Topic.id).where(Topic.slug == "housing")).one()
    answer = send(keeper, PLACE + "/new", name="Damp and mould", parent=str(above), about="", aliases="")
    assert answer.status_code == 303
    assert names(keeper) == [("Housing", ""), ("Damp and mould", "Housing")]
    assert "Damp and mould" in keeper.get("/library/new").text
    assert keeper.get("/topics/council-housing").location.endswith("/topics/housing")
    with app.app_context():
        assert db.session.scalars(select(AuditEntry.act)).all().count("topic.add") == 2


def test_sent_twice_it_is_added_once(keeper: Any) -> None:
    form = {**hidden(keeper, PLACE + "/new"), "name": "Housing", "parent": "0"}
    assert len({keeper.post(PLACE + "/new", data=form).location for _ in range(3)}) == 1
    assert names(keeper) == [("Housing", "")]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": " "}, "Enter a name"),
        ({"name": "x" * 81}, "Name must be 80 characters or fewer"),
        ({"name": "?!"}, "“?!” has no letters or digits in it"),
        ({"name": "Homes, repairs"}, "“Homes, repairs” has a comma in it"),
        ({"name": "open Data"}, "“open Data” means “Open data” already"),
        ({"aliases": "open data"}, "“open data” means “Open data” already"),
        ({"aliases": "Homes\nhomes"}, "“homes” is the same as “Homes”. Remove that line"),
        ({"aliases": "HOUSING"}, "“HOUSING” is the same as the name. Remove that line"),
        ({"aliases": "\n".join(f"word {number}" for number in range(21))}, "Enter 20 other words or fewer"),
        ({"about": "x" * 301}, "What it is about must be 300 characters or fewer"),
        ({"parent": "987654"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    cast: Cast, keeper: Any, typed: dict[str, str], message: str
) -> None:
    cast.topic("open-data")
    fields = {"name": "Housing", "parent": "0", "about": "Homes.", "aliases": "flats", **typed}
    answer = send(keeper, PLACE + "/new", **fields)
    assert answer.status_code == 200
    assert message in answer.text
    assert any(words in answer.text for words in ("Homes.", "flats", 'value="Housing"'))


def test_a_renamed_topic_is_found_at_every_address_it_had(app: Flask, cast: Cast, keeper: Any) -> None:
    topic = cast.topic("housing")
    address = f"{PLACE}/{topic}/edit"
    for name in ("Homes", "Homes and repairs"):
        send(keeper, address, name=name, parent="0", about="", aliases="")
    for former in ("housing", "homes"):
        answer = keeper.get(f"/topics/{former}")
        assert (answer.status_code, answer.location) == (301, "/topics/homes-and-repairs")
        assert keeper.get(f"/library?topic={former}").text.count("Remove filter:") == 1
        assert "Homes and repairs" in keeper.get(f"/search?topic={former}").text
    assert "Formerly:" in keeper.get(PLACE).text
    send(keeper, address, name="Housing", parent="0", about="", aliases="")
    assert keeper.get("/topics/housing").status_code == 200
    assert keeper.get("/topics/homes").location == "/topics/housing"


def test_another_topic_of_a_former_name_does_not_take_the_address(cast: Cast, keeper: Any) -> None:
    topic = cast.topic("housing")
    send(keeper, f"{PLACE}/{topic}/edit", name="Homes", parent="0", about="", aliases="")
    send(keeper, PLACE + "/new", name="Housing", parent="0", about="", aliases="")
    assert keeper.get("/topics/housing").location == "/topics/homes"
    assert keeper.get("/topics/housing-2").status_code == 200


@pytest.mark.parametrize(("word", "name"), [("F#", "F"), (".NET", "Net")])
def test_a_new_name_takes_no_word_of_another_topic(app: Flask, cast: Cast, keeper: Any, word: str, name: str) -> None:
    """Their addresses would be the same, their words are not."""
    bee, aye = cast.topic("bee", "Bee"), cast.topic("aye", "Aye")
    assert send(keeper, f"{PLACE}/{bee}/edit", name="Bee", aliases=word).status_code == 303
    for called in (name, "Aye again"):
        assert send(keeper, f"{PLACE}/{aye}/edit", name=called).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(TopicAlias.name).where(TopicAlias.topic_id == bee)).all() == [word]


def test_words_of_other_scripts_are_told_apart(app: Flask, cast: Cast, keeper: Any) -> None:
    one, two = cast.topic("one", "One"), cast.topic("two", "Two")
    assert send(keeper, f"{PLACE}/{one}/edit", name="One", aliases="日本語\nعربي").status_code == 303
    assert send(keeper, f"{PLACE}/{two}/edit", name="Two", aliases="中文").status_code == 303
    assert "means “One” already" in send(keeper, f"{PLACE}/{two}/edit", name="Two", aliases="中文\nعربي").text
    with app.app_context():
        kept = {(row.name, row.topic_id) for row in db.session.scalars(select(TopicAlias))}
    assert kept == {("日本語", one), ("عربي", one), ("中文", two)}


def test_two_who_edit_at_once_lose_nothing(cast: Cast, keeper: Any) -> None:
    topic = cast.topic("housing")
    address = f"{PLACE}/{topic}/edit"
    form = hidden(keeper, address)
    quick = cast.client(cast.person("Tom Reed", role="administrator"))
    send(quick, address, name="Homes", parent="0", about="Quick.", aliases="")
    answer = keeper.post(address, data={**form, "name": "Dwellings", "parent": "0", "about": "Slow.", "aliases": ""})
    assert answer.status_code == 409
    for words in ("Homes", "Dwellings", "Quick.", "Slow."):
        assert words in answer.text
    assert names(keeper) == [("Homes", "")]


def test_a_topic_moves_under_another_but_never_to_a_third_level(app: Flask, cast: Cast, keeper: Any) -> None:
    housing, damp, waste = cast.topic("housing"), cast.topic("damp"), cast.topic("waste")
    send(keeper, f"{PLACE}/{damp}/edit", name="Damp", parent=str(housing), about="", aliases="")
    assert ("Damp", "Housing") in names(keeper)
    answer = send(keeper, f"{PLACE}/{housing}/edit", name="Housing", parent=str(waste), about="", aliases="")
    assert "Not a valid choice" in answer.text
    answer = send(keeper, f"{PLACE}/{waste}/edit", name="Waste", parent=str(damp), about="", aliases="")
    assert "Not a valid choice" in answer.text
    assert ("Housing", "") in names(keeper)


def test_the_order_is_the_administrators(cast: Cast, keeper: Any) -> None:
    for slug in ("apples", "pears", "plums"):
        cast.topic(slug)
    plums = cast.topic("plums")
    for place in (1, 0, 0):
        send(keeper, f"{PLACE}/{plums}/up", form_at=PLACE + "/new")
        assert [name for name, _ in names(keeper)].index("Plums") == place


def test_an_empty_topic_can_be_removed(app: Flask, cast: Cast, keeper: Any) -> None:
    topic = cast.topic("housing")
    send(keeper, f"{PLACE}/{topic}/edit", name="Homes", parent="0", about="", aliases="flats")
    address = f"{PLACE}/{topic}/remove"
    assert "Remove “Homes”?" in keeper.get(address).text
    assert send(keeper, address).status_code == 303
    assert names(keeper) == []
    assert keeper.get(address).status_code == 404
    with app.app_context():
        assert db.session.scalars(select(TopicAlias)).all() == []


def test_a_topic_that_is_used_is_not_removed(app: Flask, cast: Cast, keeper: Any) -> None:
    housing = cast.topic("housing")
    cast.topic("damp")
    address = f"{PLACE}/{housing}/remove"
    form = hidden(keeper, address)
    under(app, "damp", "housing")
    answer = keeper.post(address, data=form)
    assert "It cannot go" in answer.text
    assert f"{PLACE}/{housing}/merge" in answer.text
    assert ("Housing", "") in names(keeper)


def test_what_is_gone_is_not_found(cast: Cast, keeper: Any) -> None:
    for form in FORMS[1:]:
        assert keeper.get((PLACE + form).format(id=4711)).status_code == 404
    assert send(keeper, f"{PLACE}/4711/up", form_at=PLACE + "/new").status_code == 404
