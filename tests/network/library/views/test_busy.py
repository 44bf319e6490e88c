"""A long text that comes while the machine has no time for it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.text import budget, markdown
from network.library.models import Guide
from tests.support.cast import Cast
from tests.support.sending import filled, find_form, send

LONG = "Count the spoons. " * 3_000


def test_nothing_is_stored_and_the_words_can_be_sent_again(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_busy(_request: object) -> None:
        raise budget.TooBusy

    client = cast.client(cast.person())
    with monkeypatch.context() as busy:
        busy.setattr(markdown, "lay_out_apart", is_busy)
        answer = send(client, "/library/new", title="Spoons", body=LONG, act="publish", sure="y")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "10"
    with app.app_context():
        assert db.session.scalars(select(Guide.id)).all() == []
    again = find_form(answer.get_data(as_text=True))
    assert client.post(again.get("action") or "", data=filled(again)).location == "/library/spoons"
    with app.app_context():
        html = db.session.scalars(select(Guide.html)).one()
        assert html.startswith("<p>Count the spoons.")
