"""The policy: the newest version is in force, and who joins accepts that one."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.policy.actions import publish_policy
from network.policy.models import PolicyAcceptance, PolicyVersion
from tests.support.cast import Cast


def test_the_page_shows_the_newest_version(app: Flask, cast: Cast) -> None:
    with app.app_context(), transaction():
        publish_policy("# Be kind\n\nAnd <script>alert(1)</script> fair.")
    page = cast.client().get("/policy").get_data(as_text=True)
    assert "Version 2" in page
    assert "Be kind" in page
    assert "<script>alert" not in page


def test_who_joins_accepts_the_version_in_force(app: Flask, cast: Cast) -> None:
    cast.person("Ann Evans")
    with app.app_context(), transaction():
        publish_policy("New words")
    cast.person("Owen Pritchard")
    with app.app_context():
        numbers = db.session.scalars(
            select(PolicyVersion.number)
            .join(PolicyAcceptance, PolicyAcceptance.version_id == PolicyVersion.id)
            .order_by(PolicyAcceptance.account_id)
        ).all()
    assert numbers == [1, 2]


def test_the_policy_is_open_also_where_reading_is_not(app: Flask) -> None:
    app.config["OPEN_READING"] = False
    client = app.test_client()
    assert client.get("/policy").status_code == 200
    assert client.get("/people").status_code == 303
    assert client.get("/organisations").status_code == 303
