"""Slow senders are let go, slow lines that go on are not, and nobody waits behind either."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from network.core.web import serving
from network.core.web.serving import Line

ROOT = Path(__file__).parents[4]
APP = """
def app(environ, start):
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Length", str(len(body)))])
    return [body]
"""
THREADS = 2


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Line, socket.socket]]:
    """A connection and its other end."""
    monkeypatch.setattr(serving, "PATIENCE", 0.3)
    monkeypatch.setattr(serving, "SLOWEST", 100)
    ours, theirs = socket.socketpair()
    line = Line(ours)
    yield line, theirs
    line.close()
    theirs.close()


def test_a_byte_now_and_then_is_not_waited_for_for_ever(line: tuple[Line, socket.socket]) -> None:
    ours, theirs = line
    over = threading.Event()

    def drip() -> None:
        while not over.wait(0.1):
            theirs.send(b"G")

    dripping = threading.Thread(target=drip)
    dripping.start()
    began = time.monotonic()
    with pytest.raises(ConnectionResetError):
        while True:
            ours.recv(100)
    over.set()
    dripping.join()
    assert time.monotonic() - began < 2


def test_a_slow_line_that_goes_on_is_waited_for(line: tuple[Line, socket.socket]) -> None:
    ours, theirs = line

    def send() -> None:
        for _ in range(8):
            time.sleep(0.1)
            theirs.send(b"x" * 20)
        theirs.shutdown(socket.SHUT_WR)

    sending = threading.Thread(target=send)
    sending.start()
    received = b""
    while piece := ours.recv(100):
        received += piece
    sending.join()
    assert received == b"x" * 160


def test_each_request_is_waited_for_anew(line: tuple[Line, socket.socket]) -> None:
    ours, theirs = line
    with pytest.raises(ConnectionResetError):
        ours.recv(100)
    ours.begin()
    theirs.send(b"again")
    assert ours.recv(100) == b"again"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[int]:
    """gunicorn as it is deployed, around an application of five lines; its port."""
    (tmp_path / "small.py").write_text(APP)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    (tmp_path / "conf.py").write_text(
        "from network.core.web import serving\n"
        "serving.PATIENCE = 1.0\n"
        f"bind, worker_class, threads = '127.0.0.1:{port}', serving.Worker, {THREADS}\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "conf.py", "small:app"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{tmp_path}"},
    )
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield port
    running.terminate()
    running.wait(10)


@pytest.mark.parametrize("half", [b"G", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nab"])
def test_half_requests_in_every_thread_keep_nobody_out(server: int, half: bytes) -> None:
    held = [socket.create_connection(("127.0.0.1", server), timeout=10) for _ in range(THREADS)]
    for one in held:
        one.send(half)
    time.sleep(0.2)
    with urllib.request.urlopen(f"http://127.0.0.1:{server}/", data=b"well", timeout=10) as answer:
        assert answer.read() == b"well"
    for one in held:
        one.close()


def test_connections_that_send_nothing_take_no_thread(server: int) -> None:
    held = [socket.create_connection(("127.0.0.1", server), timeout=10) for _ in range(10 * THREADS)]
    began = time.monotonic()
    with urllib.request.urlopen(f"http://127.0.0.1:{server}/", data=b"well", timeout=10) as answer:
        assert answer.read() == b"well"
    assert time.monotonic() - began < 4, "gunicorn alone waits five seconds for each"
    for one in held:
        one.close()


def test_an_answer_that_nobody_takes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "TAKING", 0.2)
    ours, theirs = socket.socketpair()
    line = Line(ours)
    monkeypatch.setattr(serving, "SOON", 0.1)
    line.setblocking(True)  # As gunicorn does before each answer.
    assert line.gettimeout() == 0.2
    with pytest.raises(ConnectionResetError):
        line.sendall(bytes(10_000_000))
    line.close()
    theirs.close()


@pytest.mark.parametrize("places", [1, 0])
def test_an_answer_that_is_taken_slowly_needs_a_place(monkeypatch: pytest.MonkeyPatch, places: int) -> None:
    monkeypatch.setattr(serving, "SOON", 0.1)
    monkeypatch.setattr(serving, "_places", threading.BoundedSemaphore(1))
    ours, theirs = socket.socketpair()
    line, taken = Line(ours), bytearray()
    whole = bytes(range(256)) * 8_000

    def take() -> None:
        time.sleep(0.3)
        while piece := theirs.recv(65_536):
            taken.extend(piece)

    taking = threading.Thread(target=take)
    taking.start()
    if places:
        line.sendall(whole)
    else:
        with serving._places, pytest.raises(ConnectionResetError):
            line.sendall(whole)
    line.close()
    taking.join()
    assert (bytes(taken) == whole) is bool(places)
    assert serving._places.acquire(blocking=False), "the place is given back"
    theirs.close()


def test_slow_lines_leave_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is not at once here waits for a place among the slow, and is let go where there is none."""
    monkeypatch.setattr(serving, "SOON", 0.05)
    monkeypatch.setattr(serving, "_places", threading.BoundedSemaphore(1))
    ours, theirs = socket.socketpair()
    line = Line(ours)
    with serving._places, pytest.raises(ConnectionResetError):
        line.recv(10)
    line.begin()
    threading.Timer(0.2, theirs.send, [b"late"]).start()
    assert line.recv(10) == b"late"
    line.close()
    theirs.close()
