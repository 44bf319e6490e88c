"""What goes wrong, said to programs: problem details as in RFC 9457, each with a sentence for whoever reads the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Response
from werkzeug.exceptions import HTTPException

from network.api.json import as_json
from network.api.schemas.problems import WithdrawnSchema
from network.core.web.addresses import absolute

MIME = "application/problem+json"
MOST_FAULTS = 20
LONGEST_NAME = 100
DOCUMENTS = "/api/docs"
SENTENCES = {
    400: "A parameter is not one that this address takes, or has a value that it does not take.",
    401: "On this site only members read. Programs cannot sign in yet.",
    403: "This is inside a closed group.",
    404: "Nothing that everybody may read is at this address.",
    405: "This interface is for reading: use GET.",
    410: "What was here was withdrawn.",
    429: "Too many requests came from your address.",
    500: "This was our fault. Nothing was changed.",
    503: "The database does not answer at the moment.",
}
"""What is said where nothing more is known, by status. The documents have a paragraph for each."""

_FIELDS = WithdrawnSchema()


class Refused(HTTPException):
    """The answer is a problem; raised so that every view ends alike."""

    def __init__(self, response: Response) -> None:
        super().__init__(response=response)
        self.code = response.status_code


def problem(status: int, detail: str = "", **more: Any) -> Response:
    """The answer. `more` are members that WithdrawnSchema has beside these."""
    kind = absolute(f"{DOCUMENTS}#error-{status}") if status in SENTENCES else "about:blank"
    title = HTTPStatus(status).phrase
    body = {"type": kind, "title": title, "status": status, "detail": detail or SENTENCES.get(status, title), **more}
    return open_to_all(Response(as_json(_FIELDS.dump(body)), status, content_type=MIME))


def wrong_parameters(faults: Sequence[tuple[str, str]]) -> Refused:
    """To raise when parameters are wrong: which, and why."""
    named = [{"parameter": name[:LONGEST_NAME], "detail": said} for name, said in faults[:MOST_FAULTS]]
    detail = " ".join(f"{fault['parameter']}: {fault['detail']}" for fault in named)
    return Refused(problem(400, detail, errors=named))


def told(code: int, context: Mapping[str, Any]) -> Response:
    """What an error page would say, for programs."""
    if code == 429:
        return problem(429, f"More than {context['limit']} from one address. Ask again in {context['wait']}.")
    if code == 500:
        return problem(500, f"{SENTENCES[500]} If you tell us, quote reference {context['reference']}.")
    return problem(code, str(context.get("description") or ""))


def open_to_all(response: Response) -> Response:
    """Pages of other sites may read it: it holds nothing that is not for everybody."""
    response.headers.update(
        {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
            "Access-Control-Allow-Headers": "If-None-Match",
            "Access-Control-Expose-Headers": "ETag, Retry-After",
            "Access-Control-Max-Age": "86400",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
    )
    return response
