"""The gunicorn worker that does not wait for ever: whoever sends or takes a request too slowly is let go.

There are eight threads, and the server waits for a request's head and body in one of them. Without an end to that,
eight connections that send a byte and nothing more would keep everybody else out. A line may well be slow, but it must
go on: what counts is the time spent waiting against what has come.
"""

from __future__ import annotations

import errno
import socket
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

PATIENCE = 10.0
"""Seconds that are waited for one request, whatever comes of it."""
SLOWEST = 2_000
"""Bytes that buy one more second, the rate of a bad mobile connection."""
TAKING = 60.0
"""Seconds within which a piece of an answer has to be taken."""


class Line(socket.socket):
    """A connection that counts how long it was waited for."""

    def __init__(self, accepted: socket.socket) -> None:
        super().__init__(accepted.family, accepted.type, accepted.proto, fileno=accepted.detach())
        self.begin()

    def begin(self) -> None:
        """Another request."""
        self._waited, self._received = 0.0, 0

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """As a socket's. Raises ConnectionResetError when the request is too slow."""
        began = time.monotonic()
        try:
            self.settimeout(max(0.001, PATIENCE + self._received / SLOWEST - self._waited))
            received = super().recv(size, flags)
        except TimeoutError as error:
            raise ConnectionResetError(errno.ECONNRESET, "the request came too slowly") from error
        finally:
            self._waited += time.monotonic() - began
            self.settimeout(TAKING)
        self._received += len(received)
        return received


class Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threads, on lines that do not hold them up."""

    def handle(self, conn: Any) -> Any:
        """One request of a connection."""
        if isinstance(conn.sock, Line):
            conn.sock.begin()
        else:
            conn.sock = Line(conn.sock)
        return super().handle(conn)
