"""Security and cache headers, the same on every answer."""

from __future__ import annotations

from flask import Flask, Response, g, request

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
TWO_YEARS = 63_072_000


def add_headers(app: Flask) -> None:
    """Put the headers on all answers, errors included."""
    always = dict(ALWAYS)
    if app.config["SECURE"]:
        always["Strict-Transport-Security"] = f"max-age={TWO_YEARS}; includeSubDomains"

    @app.after_request
    def headers(response: Response) -> Response:
        # Looked at once: to ask for each header goes through all of them, and was a twentieth of a page.
        there = {name.lower() for name, _ in response.headers}
        more = [(name, value) for name, value in always.items() if name.lower() not in there]
        if "cache-control" not in there:
            more.append(("Cache-Control", _cache_rule(response)))
        response.headers.extend([*more, ("Vary", "Cookie")])
        return response


def _cache_rule(response: Response) -> str:
    """Nothing personal in any shared cache; nothing at all kept of errors, of account pages or on shared computers."""
    keep_nothing = response.status_code >= 400 or g.get("keep_nothing", False) or request.method == "POST"
    return "no-store" if keep_nothing else "private, no-cache"
