"""Asking addresses outside: what is refused, what is followed, and what the answers come to.

The tests talk to a server on this machine, which is refused unless a test allows it.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from network.library.outside import asking
from network.library.outside.asking import Asking, ask, on_the_internet

AS_PEOPLE_DO = Asking("Test", on_the_internet)


class Answers(BaseHTTPRequestHandler):
    """What is asked for is what is answered: /200, /404, /no-head, /301-to/200, /round, /slow."""

    seen: list[tuple[str, str]] = []

    def do_HEAD(self) -> None:
        """As GET."""
        self._answer()

    def do_GET(self) -> None:
        """By the path."""
        self._answer()

    def log_message(self, *_: object) -> None:
        """Tests speak for themselves."""

    def _answer(self) -> None:
        self.seen.append((self.command, self.path))
        word = self.path.split("/")[1]
        status, leads_to = 200, ""
        if word == "no-head":
            status = 405 if self.command == "HEAD" else 200
        elif word == "round":
            status, leads_to = 302, "/round"
        elif word == "elsewhere":
            status, leads_to = 302, self.headers["Host"].replace("127.0.0.1", "http://169.254.169.254")
        elif word == "drip":
            self._drip()
            return
        elif word.endswith("-to"):
            status, leads_to = int(word.partition("-")[0]), self.path.partition(f"/{word}")[2]
        elif word == "slow":
            time.sleep(0.6)
        else:
            status = int(word)
        self.send_response(status)
        if leads_to:
            self.send_header("Location", leads_to)
        self.end_headers()
        if self.command == "GET" and word == "no-head":
            self.wfile.write(b"x" * 50_000)

    def _drip(self) -> None:
        """A letter of a header each tenth of a second, for ever."""
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
        with contextlib.suppress(OSError):
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.1)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server on this machine."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()
    thread.join(5)


@pytest.fixture
def here() -> Asking:
    """Allows this machine, on any port, and nothing else that is usually refused."""
    return Asking("Test", lambda ip: ip == "127.0.0.1" or on_the_internet(ip), lambda _scheme, _port: True)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1"),
        *("169.254.169.254", "0.0.0.0", "255.255.255.255", "224.0.0.1", "192.0.2.1", "198.18.0.1", "240.0.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
        *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001::1", "::7f00:1", "no"),
        *("fec0::1", "192.88.99.1", "::ffff:192.88.99.1", "3fff::1"),
    ],
)
def test_what_is_not_on_the_open_internet(address: str) -> None:
    assert not on_the_internet(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_what_is(address: str) -> None:
    assert on_the_internet(address)


def test_this_machine_is_refused_without_a_connection(server: str) -> None:
    Answers.seen.clear()
    every_port = replace(AS_PEOPLE_DO, ports=lambda _scheme, _port: True)
    for address in (server, server.replace("127.0.0.1", "localhost"), server.replace("127.0.0.1", "127.1")):
        assert ask(address, every_port).state == "refused", address
    assert ask(server, replace(AS_PEOPLE_DO, on_the_internet=lambda _: True)).state == "refused", "an odd port"
    for address in ("ftp://example.org/", "http://name:word@example.org/", "file:///etc/passwd", "http://[::1]/"):
        assert ask(address, AS_PEOPLE_DO).state == "refused", address
    assert Answers.seen == []


def test_a_name_with_one_address_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def names(*_args: Any, **_more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.215.14", "10.0.0.7")]

    monkeypatch.setattr(socket, "getaddrinfo", names)
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_k: pytest.fail("it was connected to"))
    assert ask("http://rebinding.example/", AS_PEOPLE_DO).state == "refused"


def test_a_slow_name_server_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def names(*_args: Any, **_more: Any) -> list[Any]:
        answered.wait(20)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", names)
    monkeypatch.setattr(asking, "CONNECT_SECONDS", 0.2)
    began = time.monotonic()
    assert ask("http://slow.example/", AS_PEOPLE_DO).said == "It does not answer in time"
    answered.set()
    assert time.monotonic() - began < 5


def test_the_connection_goes_to_the_address_that_was_looked_at(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that gives another address the second time is not asked a second time."""
    asked, connected = [], []

    def names(host: str, port: int, **_more: Any) -> list[Any]:
        asked.append(host)
        ip = "203.0.114.9" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    def connect(to: tuple[str, int], **_more: Any) -> Any:
        connected.append(to[0])
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "getaddrinfo", names)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert ask("http://rebinding.example/", AS_PEOPLE_DO).state == "failing"
    assert asked == ["rebinding.example"]
    assert connected == ["203.0.114.9"]


def test_a_redirect_to_the_inside_is_refused(server: str, here: Asking) -> None:
    Answers.seen.clear()
    assert ask(f"{server}/elsewhere", here).state == "refused"
    assert Answers.seen == [("HEAD", "/elsewhere")]


@pytest.mark.parametrize(
    ("path", "state", "moved_to"),
    [
        ("/200", "fine", ""),
        ("/404", "failing", ""),
        ("/500", "failing", ""),
        ("/403", "unclear", ""),
        ("/429", "unclear", ""),
        ("/no-head", "fine", ""),
        ("/301-to/200", "moved", "/200"),
        ("/308-to/301-to/200", "moved", "/200"),
        ("/302-to/200", "fine", ""),
        ("/301-to/302-to/200", "fine", ""),
        ("/301-to/404", "failing", ""),
        ("/round", "failing", ""),
    ],
)
def test_what_the_answers_come_to(server: str, here: Asking, path: str, state: str, moved_to: str) -> None:
    answer = ask(server + path, here)
    assert answer.state == state
    assert answer.moved_to == (server + moved_to if moved_to else "")


def test_a_slow_server_and_one_that_is_not_there_are_failures(
    server: str, here: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "CONNECT_SECONDS", 0.2)
    assert ask(f"{server}/slow", here).said == "It does not answer in time"
    monkeypatch.setattr(asking, "WHOLE_SECONDS", 0.5)
    began = time.monotonic()
    assert ask(f"{server}/drip", here).said == "It does not answer in time"
    assert time.monotonic() - began < 3, "one that answers letter by letter is cut off"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert ask(f"http://127.0.0.1:{port}/", here).said == "It cannot be reached"


def test_what_is_cut_before_its_first_letter_did_not_answer_in_time(
    server: str, here: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "WHOLE_SECONDS", 0.05)
    monkeypatch.setattr(http.client.HTTPConnection, "request", _cut_and_then(http.client.HTTPConnection.request))
    assert ask(f"{server}/slow", here).said == "It does not answer in time"


def _cut_and_then(send: Callable[..., None]) -> Callable[..., None]:
    def send_late(connection: http.client.HTTPConnection, *args: object, **options: object) -> None:
        """As on a machine that is busy: the time is over before anything was sent."""
        time.sleep(0.1)
        send(connection, *args, **options)

    return send_late
