"""gunicorn: one process with eight threads, and the outbox worker inside it unless WORKER=apart.

More processes need REDIS_URL (for rate limits) and WORKER=apart with `flask worker` beside them.
"""

from __future__ import annotations

import os
from typing import Any

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or '5000'}"
workers = int(os.environ.get("WEB_CONCURRENCY") or "1")
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


def post_worker_init(worker: Any) -> None:
    """Start the outbox worker in this process, and say where the network is."""
    from app import app
    from network.core.worker import start_inside

    if app.config["WORKER"] == "inside":
        start_inside(app)
    if app.config["DEVELOPMENT"]:
        from network.demo.welcome import welcome

        print(welcome(app), flush=True)
