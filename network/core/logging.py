"""Logs as one JSON line an event in production, readable lines in development. Secrets are never passed in."""

from __future__ import annotations

import logging
import sys

import structlog


def set_up_logging(development: bool) -> None:
    """Configure structlog once for the process; times are UTC, line breaks in values are escaped by the renderer."""
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=False) if development else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        # Asked for each time: whoever puts another in its place closes the one that stood here.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
