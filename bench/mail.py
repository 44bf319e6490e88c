"""The mail that a network of this size owes its people has to go somewhere: to a server that takes it and forgets it.

With none the worker would try again and again, and what that costs would be counted with the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from bench.server import free_port


@contextmanager
def mail_server() -> Iterator[str]:
    """Run such a server in a thread of this process, so that its time counts for nobody; gives its MAIL_URL."""
    controller = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()
