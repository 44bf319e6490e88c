"""Mail leaves whole, once, and later when the server is not ready."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from flask import Flask
from sqlalchemy import select, update

from network.core.clock import now
from network.core.db import db
from network.core.mail.message import Mail, compose, queue_mail
from network.core.outbox import OutboxRow
from network.core.transaction import transaction
from network.core.worker import drain
from tests.support.app import make_app
from tests.support.sending import send


class Sink:
    """A mail server that keeps what it is given and answers as it is told."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.to: list[list[str]] = []
        self.answers: list[str] = []
        self.said: list[str] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.received.append(email.message_from_bytes(content, policy=default))
        self.to.append(list(envelope.rcpt_tos))
        return "250 Kept"


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def server(sink: Sink) -> Iterator[Controller]:
    """A real SMTP server on loopback that asks for name and password."""

    def check(_server: SMTP, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        fine = given == LoginPassword(b"post man", b"p@ss/word")
        sink.said.append("fine" if fine else "wrong")
        return AuthResult(success=fine)

    controller = Controller(
        sink, hostname="127.0.0.1", port=free_port(), authenticator=check, auth_require_tls=False, auth_required=False
    )
    controller.start()
    yield controller
    if controller.loop.is_running():
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def sending(tmp_path: Path, server: Controller) -> Flask:
    """An application that sends through the server."""
    return make_app(
        tmp_path / "data",
        MAIL_URL=f"smtp://post%20man:p%40ss%2Fword@127.0.0.1:{server.port}",
        MAIL_FROM="network@practice.example",
        SITE_NAME="Ymarfer Cyffredin ŵ",
    )


def queue(app: Flask, to: str = "ann@council.example", subject: str = "Hello") -> None:
    with app.app_context(), transaction():
        queue_mail(to, subject, "accounts/recover", link="http://localhost/recover/x?a=1&b=2")


def try_again(app: Flask) -> None:
    with app.app_context(), transaction():
        db.session.execute(update(OutboxRow).values(available_at=now()))
    drain(app)


def waiting(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(OutboxRow).where(OutboxRow.consumer == "mail")).all())


def test_joining_really_sends_a_mail_that_confirms(sending: Flask, sink: Sink) -> None:
    client = sending.test_client()
    send(client, "/join", name="Ann Evans", email="ann@council.example", password="three blue turnips", policy="y")
    drain(sending)
    (mail,) = sink.received
    assert sink.said == ["fine"]
    assert sink.to == [["ann@council.example"]]
    assert mail["To"] == "ann@council.example"
    assert mail["From"] == "Ymarfer Cyffredin ŵ <network@practice.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert str(mail["Message-ID"]).endswith("@practice.example>")
    parts = [part.get_content_type() for part in mail.iter_parts()]
    assert parts == ["text/plain", "text/html"]
    text, html = (part.get_content() for part in mail.iter_parts())
    link = next(line for line in text.splitlines() if line.startswith("http://localhost/confirm/"))
    assert f'href="{link}"' in html
    assert send(client, link.removeprefix("http://localhost"), password="three blue turnips").status_code == 303


def test_mails_fetch_nothing_and_escape_what_they_are_given(sending: Flask, sink: Sink) -> None:
    queue(sending, subject="<script>alert(1)</script>\r\nBcc: all@council.example")
    drain(sending)
    (mail,) = sink.received
    assert mail["Bcc"] is None
    assert "\n" not in str(mail["Subject"])
    text, html = (part.get_content() for part in mail.iter_parts())
    assert "<script" not in html
    assert "src=" not in html
    assert "url(" not in html
    assert "a=1&b=2" in text
    assert "a=1&amp;b=2" in html


def test_a_server_that_says_later_gets_the_same_mail_later(sending: Flask, sink: Sink) -> None:
    sink.answers = ["451 Come back"]
    queue(sending)
    drain(sending)
    assert sink.received == []
    assert waiting(sending) == 1
    try_again(sending)
    assert len(sink.received) == 1
    assert waiting(sending) == 0


def test_an_address_that_is_refused_for_good_is_given_up(sending: Flask, sink: Sink) -> None:
    sink.answers = ["550 Nobody here"]
    queue(sending, to="gone@council.example")
    queue(sending, to="ann@council.example")
    drain(sending)
    assert [mail["To"] for mail in sink.received] == ["ann@council.example"]
    assert waiting(sending) == 0


def test_a_server_that_is_away_loses_nothing(sending: Flask, server: Controller, sink: Sink) -> None:
    at = server.port
    server.stop()
    queue(sending)
    drain(sending)
    assert waiting(sending) == 1
    back = Controller(sink, hostname="127.0.0.1", port=at)
    sending.config["MAIL_URL"] = f"smtp://127.0.0.1:{at}"
    back.start()
    try:
        try_again(sending)
    finally:
        back.stop()
    assert len(sink.received) == 1


def test_a_mail_sent_twice_can_be_told_and_two_mails_cannot_be_confused(sending: Flask, sink: Sink) -> None:
    for _ in range(3):
        queue(sending)
        drain(sending)
    names = [str(mail["Message-ID"]) for mail in sink.received]
    assert len(set(names)) == 3
    with sending.app_context():
        mail = Mail("ann@council.example", "Hello", "text", "<p>html</p>")
        again = [compose(mail, message_id="<outbox-1-2@practice.example>")["Message-ID"] for _ in range(2)]
    assert again[0] == again[1]


def test_a_long_address_in_a_header_stays_as_it_is(app: Flask) -> None:
    """Mail programs do not decode what stands there, so it must not be written in a code."""
    link = f"<https://practice.example/saved/searches/stop/{'W' * 120}.abc>"
    mail = Mail("owen@council.example", "Héllo", "Words", "<p>Words</p>", {"List-Unsubscribe": link})
    with app.app_context():
        written = compose(mail, message_id="<1@practice.example>").as_bytes()
    assert f"List-Unsubscribe: {link}\n".encode() in written
