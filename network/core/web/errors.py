"""Error pages that say what happened and what to do next, and never show a traceback."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import structlog
from flask import Flask, Response, current_app, flash, g, jsonify, redirect, render_template, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from network.core.db import db
from network.core.idempotency import AlreadyDone, KeyUsedForAnother
from network.core.text.markdown import TooBusy
from network.core.web.access import NotToSee
from network.core.web.addresses import safe_next
from network.core.web.forms import SENT_BEFORE, typed_words
from network.core.web.guessing import guessed
from network.core.web.limits import how_often, wait_seconds

REFUSING = {403, 404, 410}
PAGES = {400, 403, 404, 405, 409, 410, 413, 429, 503}

log = structlog.get_logger()

Teller = Callable[[int, Mapping[str, Any]], Response]
"""Says to a program what an error page says to people: given the status, and what the page would be made of."""


def add_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(RateLimitExceeded, _too_often)
    app.register_error_handler(TooBusy, _too_busy)
    app.register_error_handler(AlreadyDone, _already_done)
    app.register_error_handler(KeyUsedForAnother, _used_key)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(Exception, _own_fault)


def tell_programs(app: Flask, beginning: str, teller: Teller) -> None:
    """Let programs ask at the addresses that begin so: what goes wrong there is told by the teller, not by a page."""
    app.extensions.setdefault("error_tellers", {})[beginning] = teller


def explain_faults(app: Flask, explain: Callable[[], Any]) -> None:
    """Have `explain` answer what looks like a fault of ours, if it knows better; it gives None otherwise."""
    app.extensions.setdefault("explainers", []).append(explain)


def keep_typed(app: Flask, keep: Callable[[], Any]) -> None:
    """Have `keep` save what was typed into a form that is refused; it gives what its page shows of it, or None."""
    app.extensions["keep_typed"] = keep


def error_page(code: int, **context: Any) -> tuple[str | Response, int]:
    """An error page with its status; at an address for programs what its teller says.

    Whoever sent words that are refused meets them again.
    """
    teller = _teller()
    if teller is not None:
        return teller(code, context), code
    keep = current_app.extensions.get("keep_typed") if request.method == "POST" and code in REFUSING else None
    if keep is not None and (kept := keep()) is not None:
        return render_template("errors/refused.html", code=code, refused=kept, **context), code
    name = code if code in PAGES else (400 if code < 500 else 500)
    return render_template(f"errors/{name}.html", code=code, **context), code


def _http_error(error: HTTPException) -> Any:
    if error.response is not None:
        return error.response
    code = error.code or 500
    if 300 <= code < 400:
        return error
    if code == 404 and _teller() is None and (address := _without_slash()):
        return redirect(address, 301)
    body, status = error_page(code, description=_own_words(error), seeing=isinstance(error, NotToSee))
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return body, status, kept


def _teller() -> Teller | None:
    tellers: dict[str, Teller] = current_app.extensions.get("error_tellers", {})
    return next((teller for beginning, teller in tellers.items() if request.path.startswith(beginning)), None)


def _without_slash() -> str:
    """The address without the slash at its end, where that alone is wrong with it; empty where no page is there."""
    path = request.path.rstrip("/")
    if request.url_rule is not None or path == request.path or request.method not in ("GET", "HEAD"):
        return ""
    try:
        current_app.url_map.bind("localhost").match(path)
    except HTTPException:
        return ""
    return safe_next(f"{quote(path)}?{request.query_string.decode()}".rstrip("?"), "")


def _own_words(error: HTTPException) -> str:
    """What a view said when it gave up; the stock sentences of the libraries are left to the page."""
    return "" if error.description == type(error).description else error.description or ""


def _too_often(error: RateLimitExceeded) -> Any:
    """Name the limit and when it ends; what was typed waits on the page and can be sent from it."""
    seconds = wait_seconds()
    wait = f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"
    body, status = error_page(
        429, limit=how_often(error), wait=wait, description="", **_to_send_again(), **guessed(error)
    )
    return body, status, {"Retry-After": str(seconds)}


def _too_busy(_error: TooBusy) -> Any:
    """A text that is dear to lay out found no time for it; nothing was stored, and it can be sent from the page."""
    page = render_template("errors/429.html", busy=True, **_to_send_again())
    return page, 503, {"Retry-After": "10"}


def _to_send_again() -> dict[str, Any]:
    """What was typed, unless a file was chosen as well, which no page can hold."""
    typed = typed_words() if request.method == "POST" and not request.files else []
    return {"typed": typed, "again": request.full_path.rstrip("?")}


def expired_form(_error: CSRFError) -> Any:
    """The token of a form is refused: most often because its sender signed out. A script is told in its own words."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(expired=True), 400
    return error_page(400, expired=True, description="")


def _already_done(error: AlreadyDone) -> Any:
    flash(SENT_BEFORE)
    return redirect(error.address, 303)


def _used_key(_error: KeyUsedForAnother) -> Any:
    return error_page(409)


def _database_away(error: OperationalError) -> Any:
    """The database does not answer: say so plainly and when to try again."""
    db.session.rollback()
    log.error("database away", error=str(error.orig), path=request.path)
    body, status = error_page(503)
    return body, status, {"Retry-After": "10"}


def _own_fault(error: Exception) -> Any:
    db.session.rollback()
    for explain in current_app.extensions.get("explainers", ()):
        if (answer := explain()) is not None:
            return answer
    reference = secrets.token_hex(4)
    log.error("request failed", reference=reference, path=request.path, method=request.method, exc_info=error)
    g.failed = True
    teller = _teller()
    return (
        teller(500, {"reference": reference}) if teller else render_template("errors/500.html", reference=reference)
    ), 500
