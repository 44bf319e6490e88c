"""gunicorn: one process with eight threads, and the outbox worker inside it unless WORKER=apart.

More processes need REDIS_URL (for rate limits) and WORKER=apart with `flask worker` beside them.
"""

from __future__ import annotations

import os
import sys
from typing import Any

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or '5000'}"
workers = int(os.environ.get("WEB_CONCURRENCY") or "1")
if workers > 1 and os.environ.get("WORKER") != "apart":
    sys.exit(
        "Common Practice cannot start. WEB_CONCURRENCY asks for several processes. Set WORKER=apart, and run "
        "the outbox worker beside them: flask --app app worker"
    )
if workers > 1 and not os.environ.get("REDIS_URL"):
    print("Without REDIS_URL each process counts its own limits, and more gets through.", file=sys.stderr)
threads = 8
worker_class = "network.core.web.serving.Worker"
timeout = 60
graceful_timeout = 30
keepalive = 5
preload_app = True  # A worker that dies is replaced in milliseconds.
limit_request_line = 8190
accesslog = None
errorlog = "-"
loglevel = "warning"


def when_ready(server: Any) -> None:
    """Before the first worker: nothing starts on tables that are not those of this program."""
    from app import app
    from network.migrating import wrong_with_tables

    if problem := wrong_with_tables(app):
        sys.exit(f"Common Practice cannot start. {problem}")


def post_worker_init(worker: Any) -> None:
    """Start the outbox worker in this process, and say where the network is."""
    from app import app
    from network.core.worker import start_inside

    if app.config["WORKER"] == "inside":
        start_inside(app)
    if app.config["DEVELOPMENT"]:
        from network.demo.welcome import welcome

        print(welcome(app), flush=True)
