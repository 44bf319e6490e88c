"""Networks that Xanthe has left: each is made once, because the tests only look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.mail.message import queue_mail
from network.core.transaction import transaction
from network.leaving.choices import FORMER, MARKERS, NAME, STAY
from network.library.models import Guide
from network.portability.kept import keep_fresh
from tests.network.leaving.life import EMAIL, Life, named_on
from tests.support.copies import Made, copied
from tests.support.postgres import ON_POSTGRES


@pytest.fixture
def life(app: Flask) -> Life:
    """Xanthe has done a little of everything, and is still there."""
    return Life(app)


@pytest.fixture(scope="module")
def stayed(request: pytest.FixtureRequest, seeded: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """Her posts stayed and nothing names her; `named_before` is where she was named."""
    with _network(request, seeded, tmp_path_factory) as life:
        life.named_before = named_on(life, None)
        with life.app.app_context():
            keep_fresh()
            with transaction():
                queue_mail(EMAIL, "Queued before", "accounts/email_changed")
                queue_mail("owen@elsewhere.example", "Queued for another", "accounts/email_changed")
        life.leave(posts=STAY, credit=FORMER)
        yield life


@pytest.fixture(scope="module")
def taken(request: pytest.FixtureRequest, seeded: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """Markers stand in place of her posts, and Nia took over her group."""
    with _network(request, seeded, tmp_path_factory) as life:
        life.other_group = life.cast.group("other-room", facilitators=(life.xanthe,), members=(life.nia,))
        life.leave(posts=MARKERS, credit=FORMER, facilitators={life.group: life.nia})
        yield life


@pytest.fixture(scope="module")
def credited(request: pytest.FixtureRequest, seeded: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """Her name stayed on guides. Three of them had no heir: one each was left, handed over and withdrawn."""
    with _network(request, seeded, tmp_path_factory) as life:
        with life.app.app_context(), transaction():
            for title in HEIRLESS:
                guide = db.session.scalars(select(Guide).where(Guide.title == title)).one()
                guide.organisation_id = guide.group_id = None
        ids = [life.guide(title).id for title in HEIRLESS]
        fates: dict[int, Any] = dict(zip(ids, ("administrators", "hand-over", "withdraw"), strict=True))
        life.leave(credit=NAME, guides=fates, heir_id=life.nia)
        yield life


@pytest.fixture
def life_base(app: Flask) -> Iterator[str]:
    """The host of this service, where its texts are read."""
    with app.app_context():
        yield str(app.config["BASE_URL"]).partition("//")[2]


HEIRLESS = ("Alone with a register", "Registers to hand over", "Registers to withdraw")


@contextmanager
def _network(request: pytest.FixtureRequest, seeded: Made, folders: pytest.TempPathFactory) -> Iterator[Life]:
    server = request.getfixturevalue("postgres") if ON_POSTGRES else ""
    with copied(seeded, folders.mktemp("left") / "data", server) as app:
        yield Life(app)
