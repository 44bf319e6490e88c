"""Asking a virus scanner that speaks clamd's protocol, over TCP or a socket of this machine.

The package for it on PyPI is from 2014, and of the protocol two commands are needed: INSTREAM and PING.
"""

from __future__ import annotations

import re
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

_CHUNK = 64 * 1024
_CONNECT_SECONDS = 3.0
_SCAN_SECONDS = 60.0
_LONGEST_ANSWER = 4096
_FOUND = re.compile(r"^stream: (.{1,200}) FOUND$")


class ScannerAway(Exception):
    """The scanner does not answer. All files are asked about again later."""


class NoVerdict(Exception):
    """The scanner is there, and could not look at this file. It is asked about again later."""


class Scanner:
    """`Scanner("tcp://127.0.0.1:3310").scan(data)`: what was found, empty for a clean file."""

    def __init__(self, address: str, *, seconds: float = _SCAN_SECONDS) -> None:
        self._address, self._seconds = urlsplit(address), seconds

    def scan(self, data: bytes) -> str:
        """The name of what is in the file, or nothing. Raises ScannerAway and NoVerdict."""
        with self._connected(self._seconds) as connection:
            try:
                _send(connection, data)
                answer = _answer(connection)
            except ConnectionError as error:  # It hangs up in the middle of what is larger than it takes.
                raise NoVerdict(str(error)) from error
        if answer == "stream: OK":
            return ""
        if found := _FOUND.match(answer):
            return found[1]
        # “INSTREAM size limit exceeded. ERROR” and the like: not looked at is not clean.
        raise NoVerdict(answer or "no answer")

    def ping(self) -> None:
        """Raises ScannerAway unless the scanner is there."""
        with self._connected(_CONNECT_SECONDS) as connection:
            connection.sendall(b"zPING\0")
            if (answer := _answer(connection)) != "PONG":
                raise ScannerAway(answer)

    @contextmanager
    def _connected(self, seconds: float) -> Iterator[socket.socket]:
        try:
            with self._connect() as connection:
                connection.settimeout(seconds)
                yield connection
        except OSError as error:
            raise ScannerAway(str(error)) from error

    def _connect(self) -> socket.socket:
        if self._address.scheme == "unix":
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(_CONNECT_SECONDS)
            try:
                connection.connect(self._address.path)
            except OSError:
                connection.close()
                raise
            return connection
        return socket.create_connection((self._address.hostname or "", self._address.port or 0), _CONNECT_SECONDS)


def _send(connection: socket.socket, data: bytes) -> None:
    connection.sendall(b"zINSTREAM\0")
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        connection.sendall(struct.pack("!I", len(chunk)) + chunk)
    connection.sendall(struct.pack("!I", 0))


def _answer(connection: socket.socket) -> str:
    """One answer, which ends with a zero byte or with the connection."""
    data = bytearray()
    while b"\0" not in data and len(data) < _LONGEST_ANSWER:
        part = connection.recv(_LONGEST_ANSWER)
        if not part:
            break
        data += part
    return bytes(data).partition(b"\0")[0].decode("utf-8", "replace").strip()
