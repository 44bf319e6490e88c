"""What moderators see of failed searches, and what nobody sees."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from network.audit.models import AuditEntry
from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.discovery.indexing import rebuild
from network.discovery.log.models import SearchFeedback, SearchLogRow
from tests.network.discussions.talk import send, token
from tests.support.cast import Cast
from tests.support.queries import count_queries

ROLES = ("visitor", "member", "moderator", "administrator")
PLACE = "/admin/searches"


@pytest.fixture
def moderator(cast: Cast) -> int:
    return cast.person("Nadia Hussain", role="moderator")


def logged(app: Flask, text: str, *, times: int = 1, failed: bool = True, before: str = "", days: int = 0) -> None:
    hour = (now() - timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    with app.app_context(), transaction():
        db.session.add_all(
            SearchLogRow(hour=hour, text=text, failed=failed, found=0 if failed else 1, before=before or None)
            for _ in range(times)
        )


def said(app: Flask, text: str, useful: bool | None, words: str = "", at: datetime | None = None) -> None:
    with app.app_context(), transaction():
        db.session.add(SearchFeedback(hour=at or now(), text=text, useful=useful, said=words))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", ["", ".csv", "/feedback", "/feedback.csv", "/forget?text=x"])
def test_only_moderators_and_administrators_read_the_log(cast: Cast, role: str, path: str) -> None:
    client = cast.client(None if role == "visitor" else cast.person(f"{role.title()} Person", role=role))
    wanted = {"visitor": 303, "member": 403}.get(role, 200)
    assert client.get(PLACE + path).status_code == wanted


def test_an_empty_log_says_so(cast: Cast, moderator: int) -> None:
    client = cast.client(moderator)
    assert "No search has failed" in client.get(PLACE).text
    assert "Nobody has said anything yet" in client.get(PLACE + "/feedback").text
    assert client.get(PLACE + "?page=2").status_code == 404


def test_failed_searches_come_by_how_often_with_what_to_do(app: Flask, cast: Cast, moderator: int) -> None:
    logged(app, "damp letter", times=3)
    logged(app, "foi form", times=2)
    logged(app, "long ago", times=9, days=31)
    logged(app, "found", times=9, failed=False)
    said(app, "foi form", useful=False)
    page = cast.client(moderator).get(PLACE).text
    assert page.index("damp letter") < page.index("foi form")
    assert "long ago" not in page
    assert ">found<" not in page
    assert "1 said it was not useful" in page
    assert 'href="/glossary/new?term=damp%20letter"' in page
    assert 'href="/admin/searches/pins/new?text=damp%20letter"' in page


def test_what_was_searched_next_shows_when_it_is_nobodys_alone(app: Flask, cast: Cast, moderator: int) -> None:
    """Once and found: it may be the name of a case. Twice, or failed itself: it shows."""
    logged(app, "foi")
    logged(app, "a name of one", failed=False, before="foi")
    logged(app, "freedom of information", failed=False, times=2, before="foi")
    logged(app, "failed too", before="foi")
    client = cast.client(moderator)
    for address in (PLACE, PLACE + ".csv"):
        page = client.get(address).text
        assert "freedom of information" in page
        assert "failed too" in page
        assert "a name of one" not in page
    assert "term=foi&amp;way=freedom%20of%20information" in client.get(PLACE).text


def test_nothing_finer_than_a_day_is_shown(app: Flask, cast: Cast, moderator: int) -> None:
    logged(app, "damp letter")
    said(app, "damp letter", useful=True, words="a letter")
    client = cast.client(moderator)
    for address in (PLACE, PLACE + ".csv", PLACE + "/feedback", PLACE + "/feedback.csv"):
        page = client.get(address).text
        assert ":00" not in page
        assert "<time" not in page


def test_a_text_can_be_forgotten(app: Flask, cast: Cast, moderator: int) -> None:
    logged(app, "ann evans flat 3", times=2)
    logged(app, "damp letter", before="ann evans flat 3")
    said(app, "ann evans flat 3", useful=False)
    client = cast.client(moderator)
    address = "/admin/searches/forget?text=ann%20evans%20flat%203"
    assert f'href="{address}"' in client.get(PLACE).text
    assert "“ann evans flat 3” goes from the log" in client.get(address).text
    assert send(client, PLACE + "/forget", form_at=address).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(SearchLogRow.text)).all() == ["damp letter"]
        for table in db.metadata.sorted_tables:
            assert "ann evans flat 3" not in str([dict(row) for row in db.session.execute(select(table)).mappings()])
        assert db.session.scalars(select(AuditEntry.act).where(AuditEntry.actor_id == moderator)).all()[-1:] == [
            "search.forget"
        ]
    assert client.get(PLACE + "/forget").status_code == 404


def test_members_cannot_have_a_text_forgotten(app: Flask, cast: Cast) -> None:
    logged(app, "damp letter")
    client = cast.client(cast.person("Ann Evans"))
    assert client.post(PLACE + "/forget", data={"csrf_token": token(client), "text": "damp letter"}).status_code == 403
    with app.app_context():
        assert db.session.scalars(select(SearchLogRow.text)).all() == ["damp letter"]


def test_what_people_said(app: Flask, cast: Cast, moderator: int) -> None:
    said(app, "damp letter", useful=False, words="=the letter to tenants")
    said(app, "", useful=None, words="A rota")
    client = cast.client(moderator)
    page = client.get(PLACE + "/feedback").text
    for words in ("damp letter", "Not useful", "=the letter to tenants", "A search that is not kept", "A rota"):
        assert words in page
    assert "'=the letter to tenants" in client.get(PLACE + "/feedback.csv").text


def test_from_a_failed_search_to_a_synonym_that_works(app: Flask, cast: Cast, moderator: int) -> None:
    logged(app, "gdpr notice")
    with app.app_context():
        rebuild()
    client = cast.client(moderator)
    answer = send(
        client, "/glossary/new", form_at="/glossary/new?term=gdpr+notice", term="gdpr notice",
        ways="privacy notice", meaning="",
    )  # fmt: skip
    assert answer.status_code == 303
    page = client.get("/search?q=gdpr+notice").text
    assert "Also searched for:" in page
    assert "privacy notice" in page


def test_a_long_log_costs_few_queries_and_has_pages(app: Flask, cast: Cast, moderator: int) -> None:
    for number in range(25):
        logged(app, f"search {number:02}", times=1 + number % 3)
    client = cast.client(moderator)
    client.get(PLACE)
    with count_queries(app) as queries:
        page = client.get(PLACE).text
    assert len(queries) <= 5, queries.statements
    assert 'href="/admin/searches?page=2"' in page
    assert client.get(PLACE + "?page=2").status_code == 200
