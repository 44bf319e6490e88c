"""Discussions of open groups for programs: what their pages say to a visitor."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from network.core.transaction import transaction
from network.threads.actions import withdraw_post
from tests.network.api.conftest import Got
from tests.network.discussions.talk import Started, Talk, send
from tests.support.cast import Cast
from tests.support.queries import count_queries


@pytest.fixture
def asked(app: Flask, cast: Cast) -> Started:
    """A question of Owen's in an open group, with an accepted answer of Priya's and a post that she withdrew."""
    owen, priya = cast.person("Owen Pritchard"), cast.person("Priya Raman")
    talk, group = Talk(app), cast.group("planning", members=(owen, priya))
    started = talk.start(group, owen, title="How do you do it?", topic_ids=[cast.topic()], tags=["mould"])
    number = talk.reply(started, priya, "See [this](/about).")
    talk.accept(started, number, owen)
    talk.reply(started, priya, "Zebrafinch said so")
    post_id = talk.posts(started)[2].id
    viewer = cast.viewer(priya)
    with app.app_context(), transaction():
        withdraw_post(post_id=post_id, viewer=viewer, keeps_order=False, reason="Said too much")
    return started


def test_a_discussion_has_its_posts_without_what_was_withdrawn(asked: Started, got: Got) -> None:
    answer = got("/groups/planning/discussions/1")
    assert (answer["title"], answer["kind"], answer["total"], answer["accepted"]) == (
        *("How do you do it?", "question", 3, 2),
    )
    assert answer["topics"] == [{"slug": "open-data", "name": "Open data"}]
    assert answer["tags"] == ["mould"]
    first, second, third = answer["items"]
    assert (first["author"], second["author"]) == ("Owen Pritchard", "Priya Raman")
    assert 'href="http://localhost/about"' in second["html"]
    assert second["address"].endswith(f"{asked.address}#post-2")
    assert third["reason"] == "Said too much"
    assert {"html", "author"}.isdisjoint(third)
    assert "Zebrafinch" not in str(answer)
    got("/groups/planning/discussions/1?page=2", 404)


def test_the_list_of_a_group_leads_to_each(asked: Started, got: Got) -> None:
    (line,) = got("/groups/planning/discussions")["items"]
    assert (line["title"], line["answered"], line["author"]) == ("How do you do it?", True, "Owen Pritchard")
    assert got(line["self"].removeprefix("http://localhost/api/v1"))["title"] == line["title"]
    assert [got(f"/groups/planning/discussions?show={show}")["total"] for show in ("answered", "needs")] == [1, 0]


def test_what_is_gone_or_never_was_says_so(app: Flask, cast: Cast, got: Got) -> None:
    owen = cast.person("Owen Pritchard")
    asked = Talk(app).start(cast.group("planning", members=(owen,)), owen)
    assert send(cast.client(owen), f"{asked.address}/posts/1/withdraw", reason="Solved elsewhere").status_code == 303
    answer = got("/groups/planning/discussions/1", 410)
    assert "Solved elsewhere" in answer["detail"]
    assert got("/groups/planning/discussions")["items"] == []
    got("/groups/planning/discussions/2", 404)
    got("/groups/none/discussions", 404)
    got("/groups/planning/discussions?show=yours", 400)


def test_neither_asks_the_database_much(app: Flask, asked: Started, client: Any) -> None:
    for address, most in {"": 2, "/1": 2}.items():
        client.get(f"/api/v1/groups/planning/discussions{address}")
        with count_queries(app) as queries:
            assert client.get(f"/api/v1/groups/planning/discussions{address}").status_code == 200
        assert len(queries) <= most, queries.statements
