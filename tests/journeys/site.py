"""A real server on a free port of this machine, with files, worker and index, filled with the demo network."""

from __future__ import annotations

import email
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.policy import default
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from network.core.db import db
from network.core.settings import read_settings
from network.core.worker import drain, start_inside
from network.demo.loading import load
from network.demo.welcome import PASSWORD
from network.factory import create_app

LINK = re.compile(r"https?://\S+")
CHEAP = {"argon2__time_cost": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
PATIENCE = 10.0


@dataclass(frozen=True)
class Site:
    """A running network. `password` opens every demo account."""

    app: Flask
    address: str
    password: str = PASSWORD

    def mailed_link(self, to: str, after: int = 0, part: str = "") -> str:
        """The link in the newest mail to an address, once the worker has sent it; the newest link with this part."""
        return wait_for(lambda: self._link(to, after, part), f"a mail to {to}")

    def ask(self, query: Any) -> Any:
        """The first row of a query: tests look up what the demo network holds."""
        with self.app.app_context():
            row = db.session.execute(query).first()
            assert row is not None, f"the demo network has nothing like it: {query}"
            return row

    def _link(self, to: str, after: int, part: str) -> str:
        for path in sorted((Path(self.app.config["DATA_DIR"]) / "mail").glob("*.eml"), reverse=True):
            message = email.message_from_bytes(path.read_bytes(), policy=default)
            if str(message["To"]) == to and int(path.stem) > after:
                body = message.get_body(("plain",))
                found = LINK.search(body.get_content()) if body else None
                if not part or (found and part in found.group()):
                    return found.group() if found else ""
        return ""


class Quiet(WSGIRequestHandler):
    """Says nothing about requests."""

    def log_request(self, *_args: object, **_kwargs: object) -> None:
        """Tests speak for themselves."""


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """Start the network, and stop it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = read_settings({"ENVIRONMENT": "development", "DATA_DIR": str(folder), "PORT": str(port)})
    app = create_app(settings, RATELIMIT_ENABLED=False, SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=CHEAP)
    app.jinja_env.auto_reload = False
    with app.app_context():
        db.create_all()
        load()
    drain(app)
    start_inside(app)
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, name="site", daemon=True)
    thread.start()
    try:
        yield Site(app, f"http://127.0.0.1:{port}")
    finally:
        server.shutdown()
        thread.join(10)


def wait_for(look: Callable[[], Any], what: str) -> Any:
    """Look until there is something; what follows a change takes a moment."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come within {PATIENCE:.0f} seconds")
