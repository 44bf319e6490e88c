"""The gunicorn worker that does not wait for ever: whoever sends or takes a request too slowly is let go.

There are eight threads, and the server waits for a request's head and body in one of them. Without an end to that,
eight connections that send a byte and nothing more would keep everybody else out. A line may well be slow, but it must
go on: what counts is the time spent waiting against what has come.
"""

from __future__ import annotations

import errno
import socket
import threading
import time
from typing import Any

from gunicorn.workers.gthread import _DEFER, ThreadWorker

PATIENCE = 10.0
"""Seconds that are waited for one request, whatever comes of it."""
SLOWEST = 2_000
"""Bytes that buy one more second, the rate of a bad mobile connection."""
TAKING = 60.0
"""Seconds within which a piece of an answer has to be taken."""
SOON = 1.0
"""Seconds that anybody is waited for."""
MOST_SLOW = 5
"""So many of the eight threads wait for longer than that; the others stay free for those who send at once."""
_places = threading.BoundedSemaphore(MOST_SLOW)


class Line(socket.socket):
    """A connection that counts how long it was waited for."""

    def __init__(self, accepted: socket.socket) -> None:
        super().__init__(accepted.family, accepted.type, accepted.proto, fileno=accepted.detach())
        self.begin()

    def begin(self) -> None:
        """Another request."""
        self._waited, self._received = 0.0, 0

    def setblocking(self, flag: bool, /) -> None:
        """As a socket's, but that it blocks no longer than an answer may take."""
        self.settimeout(TAKING if flag else 0.0)

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """As a socket's. Raises ConnectionResetError when the request is too slow, or too many others are."""
        began = time.monotonic()
        try:
            received = self._awaited(size, flags)
        except TimeoutError as error:
            raise ConnectionResetError(errno.ECONNRESET, "the request came too slowly") from error
        finally:
            self._waited += time.monotonic() - began
            self.settimeout(TAKING)
        self._received += len(received)
        return received

    def sendall(self, data: Any, flags: int = 0, /) -> None:
        """As a socket's. Raises ConnectionResetError when it is taken too slowly, or too many others are."""
        rest, began, slow = memoryview(data).cast("B"), time.monotonic(), False
        try:
            while rest:
                left = (TAKING if slow else SOON) - (time.monotonic() - began)
                if left <= 0 and not slow and _places.acquire(blocking=False):
                    slow = True
                    continue
                rest = rest[self._sent(rest, flags, left, slow=slow) :]
        finally:
            if slow:
                _places.release()
            self.settimeout(TAKING)

    def _sent(self, rest: memoryview, flags: int, left: float, *, slow: bool) -> int:
        """How many bytes were taken in the time that is left."""
        try:
            if left > 0:
                self.settimeout(left)
                return super().send(rest, flags)
        except TimeoutError:
            if not slow:
                return 0
        raise ConnectionResetError(errno.ECONNRESET, "the answer is taken too slowly")

    def _awaited(self, size: int, flags: int) -> bytes:
        left = max(0.001, PATIENCE + self._received / SLOWEST - self._waited)
        try:
            self.settimeout(min(SOON, left))
            return super().recv(size, flags)
        except TimeoutError:
            if left <= SOON or not _places.acquire(blocking=False):
                raise
        try:
            self.settimeout(left - SOON)
            return super().recv(size, flags)
        finally:
            _places.release()


class Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threads, on lines that do not hold them up."""

    def handle(self, conn: Any) -> Any:
        """One request of a connection. One that has sent nothing yet takes no thread."""
        if isinstance(conn.sock, Line):
            conn.sock.begin()
        else:
            conn.sock = Line(conn.sock)
        if not conn.initialized and not conn.wait_for_data(0):
            return _DEFER
        return super().handle(conn)
