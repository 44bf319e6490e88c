"""Requests whose text no text of ours could be: one guard before every view.

PostgreSQL keeps no NUL character and fails on a query that holds one, SQLite ends a text there, and Werkzeug gives up
on a query string that is not UTF-8. No browser sends either, so a view need not think of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, Request, abort, request

NUL = "\x00"


def add_guard(app: Flask) -> None:
    """Refuse such requests: an address that cannot be is not found, what was sent with it is a bad request."""
    app.before_request(refuse_unreadable)


def refuse_unreadable() -> None:
    """404 for a NUL in the path, 400 for one in what was sent or for bytes that are no text."""
    try:
        arguments = [text for pair in request.args.items(multi=True) for text in pair]
    except UnicodeDecodeError:
        _forget_arguments()
        abort(400)
    if NUL in request.path:
        abort(404)
    if any(NUL in text for text in arguments):
        _forget_arguments()
        abort(400)
    if request.method == "POST" and any(NUL in text for text in _sent(request)):
        abort(400)


def _sent(what: Request) -> Iterator[str]:
    """Every text of the form, its names and the names of its files."""
    for pair in what.form.items(multi=True):
        yield from pair
    for name, file in what.files.items(multi=True):
        yield from (name, file.filename or "")


def _forget_arguments() -> None:
    """The page of the error is made of the request too, and must not stumble over the same characters."""
    request.query_string = b""
    for read in ("args", "full_path", "url"):
        request.__dict__.pop(read, None)
