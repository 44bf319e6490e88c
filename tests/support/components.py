"""Renders templates without the application, and shows what a browser would make of them."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ROOT = Path(__file__).parents[2]
VOID = {"input", "img", "link", "meta", "path", "br", "hr", "use"}


def make_environment(*, strict: bool = False) -> Environment:
    """The application's settings for templates, with a fake manifest."""
    env = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        **({"undefined": StrictUndefined} if strict else {}),
    )
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        asset=lambda name: f"/static/{name}",
        csrf_token=lambda: "token-of-this-page",
        laid_out=lambda macro, *given: macro(*given),
    )
    return env


def page_context(*, signed_in: bool = False, **more: Any) -> dict[str, Any]:
    """What the application gives to every page."""
    viewer = SimpleNamespace(
        signed_in=signed_in,
        name="Priya Raman",
        handle="priya",
        initials="PR",
        hue=4,
        photo=None,
        is_moderator=False,
    )
    places = [("Home", "/", True), ("Library", "/library", False)]
    return {
        "site": SimpleNamespace(name="Our network", contact_email="", environment="development"),
        "viewer": viewer,
        "navigation": [SimpleNamespace(label=label, address=to, current=on, exact=on) for label, to, on in places],
        **more,
    }


class _Reader(HTMLParser):
    """Keeps the tags with their attributes, and the words between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.parts.append((f"/{tag}", {}))

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.parts.append(words)


def read(html: str) -> list[Any]:
    """Tags as (name, attributes) and words, in order of the text."""
    reader = _Reader()
    reader.feed(str(html))
    reader.close()
    return reader.parts


def tags(html: str) -> list[tuple[str, dict[str, str]]]:
    """Only the tags."""
    return [part for part in read(html) if not isinstance(part, str)]
