"""Mails on screen: in development only, newest first, with links to press."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from network.core.mail.message import queue_mail
from network.core.transaction import transaction
from network.core.worker import drain
from tests.support.app import make_app
from tests.support.cast import Cast


@pytest.fixture
def developing(tmp_path: Path) -> Flask:
    return make_app(tmp_path / "developing", ENVIRONMENT="development")


def queue(app: Flask, subject: str, link: str = "http://localhost/recover/x?a=1&b=2") -> None:
    with app.app_context(), transaction():
        queue_mail("ann@council.example", subject, "accounts/recover", link=link)
    drain(app)


def test_the_newest_comes_first_and_its_link_can_be_pressed(
    developing: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    queue(developing, "The first")
    queue(developing, "The “second” <b>")
    client = developing.test_client()
    page = client.get("/development/mail").get_data(as_text=True)
    assert page.index("The “second” &lt;b&gt;") < page.index("The first")
    shown = client.get("/development/mail/2").get_data(as_text=True)
    assert '<a class="govuk-link" href="http://localhost/recover/x?a=1&amp;b=2">' in shown
    assert client.get("/development/mail/3").status_code == 404
    lines = [line for line in capsys.readouterr().out.splitlines() if "The first" in line]
    assert lines == ["Mail to ann@council.example: The first  http://localhost/recover/x?a=1&b=2"]


def test_mails_are_readable_by_their_owner_only(developing: Flask) -> None:
    queue(developing, "Hello")
    folder = Path(developing.config["DATA_DIR"]) / "mail"
    assert folder.stat().st_mode & 0o077 == 0


def test_nobody_sees_mails_elsewhere(app: Flask, cast: Cast) -> None:
    queue(app, "Secret")
    for client in (cast.client(), cast.client(cast.person(role="administrator"))):
        assert client.get("/development/mail").status_code == 404
        assert client.get("/development/mail/1").status_code == 404


def test_the_page_to_check_mail_links_here_in_development_only(developing: Flask, app: Flask) -> None:
    from tests.support.sending import send

    pages = [
        send(one.test_client(), "/recover", email="a@b.example").get_data(as_text=True) for one in (developing, app)
    ]
    assert ["/development/mail" in page for page in pages] == [True, False]
