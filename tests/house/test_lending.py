"""What one test changes of the application that it is lent, the next one does not meet."""

from __future__ import annotations

from threading import Event

import pytest
from sqlalchemy import func, select

from network.core.db import db
from network.people.models import Person
from tests.support.cast import Cast
from tests.support.copies import Made
from tests.support.lending import lent
from tests.support.postgres import ON_POSTGRES


@pytest.fixture
def server(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("postgres")) if ON_POSTGRES else ""


def test_it_comes_back_as_it_was(seeded: Made, server: str) -> None:
    with lent(seeded, server) as app:
        first, name, checks = app, app.config["SITE_NAME"], set(app.extensions["health"])
        Cast(app).person("Nadia")
        app.config["SITE_NAME"] = "Changed"
        app.extensions["kept for later"] = 1
        app.extensions["health"]["planted"] = lambda: (False, "planted")
        app.before_request(lambda: ("in the way", 418, {"Content-Type": "text/plain"}))
        app.jinja_env.globals["planted"] = 1
        assert app.test_client().get("/health").status_code == 418
    with lent(seeded, server) as app:
        assert app is first
        assert app.config["SITE_NAME"] == name
        assert set(app.extensions["health"]) == checks
        assert "kept for later" not in app.extensions
        assert "planted" not in app.jinja_env.globals
        assert app.test_client().get("/about").status_code == 200
        with app.app_context():
            assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_one_that_got_an_address_or_a_worker_is_not_lent_again(seeded: Made, server: str) -> None:
    with lent(seeded, server) as first:
        first.add_url_rule("/planted", "planted", lambda: "")
    with lent(seeded, server) as second:
        assert second is not first
        second.extensions["worker_wake"] = Event()
    with lent(seeded, server) as third:
        assert third not in (first, second)
