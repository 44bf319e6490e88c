"""A stand-in for clamd: it speaks the protocol over a real socket and finds what holds the word EICAR."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

LIMIT = 1024 * 1024


@dataclass
class Daemon:
    """Where it listens, what it was sent, and how it is to behave: "", "error", "garbage" or "hang up"."""

    address: str
    mood: str = ""
    seen: list[bytes] = field(default_factory=list)


@contextmanager
def clamd(path: Path | None = None) -> Iterator[Daemon]:
    """Run one, on a free port or on a socket of this machine."""
    daemon = Daemon("")

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            command = b""
            while not command.endswith(b"\0"):
                letter = self.rfile.read(1)
                if not letter:
                    return
                command += letter
            if command == b"zPING\0":
                self.wfile.write(b"PONG\0")
            elif command == b"zINSTREAM\0":
                self._scan()
            else:
                self.wfile.write(b"UNKNOWN COMMAND\0")

        def _scan(self) -> None:
            if daemon.mood == "hang up":
                return
            data = b""
            while size := struct.unpack("!I", self.rfile.read(4))[0]:
                data += self.rfile.read(size)
            daemon.seen.append(data)
            if daemon.mood == "garbage":
                self.wfile.write(b"\xff\xfe what?\0")
            elif daemon.mood == "error" or len(data) > LIMIT:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
            elif b"EICAR" in data:
                self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0")
            else:
                self.wfile.write(b"stream: OK\0")

    kind = socketserver.ThreadingUnixStreamServer if path else socketserver.ThreadingTCPServer
    where: object = str(path) if path else ("127.0.0.1", 0)
    with kind(where, Talk) as server:  # type: ignore[operator]
        daemon.address = f"unix://{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield daemon
        server.shutdown()
        thread.join(5)
