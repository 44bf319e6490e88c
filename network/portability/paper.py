"""Guides as one HTML file for paper: nothing in it is fetched from anywhere, and each page says what it is."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from flask import render_template
from markupsafe import Markup, escape

from network.core.clock import now
from network.core.licences import LICENCES
from network.core.web.addresses import absolute
from network.core.web.templating import day
from network.library.files.showing import type_and_size
from network.library.models import KINDS
from network.portability.codes import code_of
from network.portability.links import outward_html, shut
from network.portability.parts import Beside, File, Whole
from network.portability.reading import whole
from network.portability.stored import content_of
from network.subjects.viewer import Viewer

MOST_GUIDES = 30
MOST_PICTURES = 20 * 1024 * 1024
_PICTURE = re.compile(r'<img ([^<>]*?)src="([^"<>]{0,2000})"([^<>]*)>')
_ALT = re.compile(r'alt="([^"]*)"')
_FILE = re.compile(r"/files/([0-9a-f]{32}\.[a-z0-9]{2,5})\Z")
_ID = re.compile(r'(?<= )id="([^"]+)"')
_SAFE = re.compile(r"[^A-Za-z0-9]")


class TooManyPictures(Exception):
    """The pictures of these guides weigh more than a file may."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes of pictures")
        self.size = size


@dataclass(frozen=True)
class Sheet:
    """One guide of the file, as the template shows it. `running` is what stands at the head of its pages, for CSS.

    `files` names what belongs to it and is not on paper.
    """

    guide: Whole
    kind: str
    html: Markup
    code: str
    address: str
    check_address: str
    qr: Markup
    checked: str
    due: str
    running: str
    source: tuple[str, str, str] | None
    files: tuple[str, ...]


def paper(ids: Sequence[int], viewer: Viewer, *, title: str = "", pictures: bool = True) -> str:
    """The file. Without a title it is one guide by itself, without a list of contents. Raises TooManyPictures."""
    guides = whole(ids, viewer)
    closed = shut([one.row.html for one in guides], viewer)
    files = {file.name: file for one in guides for file in one.files}
    used = {match[2] for one in guides for match in _PICTURE.finditer(one.row.html)}
    size = sum(files[name].size for name in map(_name, used) if name in files)
    if pictures and size > MOST_PICTURES:
        raise TooManyPictures(size)
    sheets = [_sheet(number, one, closed, files if pictures else {}) for number, one in enumerate(guides, start=1)]
    return render_template("portability/paper.html", sheets=sheets, pack=title, made=day(now()))


def _sheet(number: int, guide: Whole, closed: frozenset[str], files: dict[str, File]) -> Sheet:
    row = guide.row
    address, code = absolute(f"/library/{row.slug}"), code_of(row.uuid, row.version)
    check_address = absolute(f"/c/{code}")
    html = _apart(outward_html(_with_pictures(row.html, files), closed, ""), f"g{number}-")
    checked, due = day(row.checked_at), day(row.check_due)
    running = f"{row.title} · version {row.version} · {f'checked {checked}' if checked else 'not checked yet'} · {code}"
    return Sheet(
        guide=guide,
        kind=KINDS.get(row.kind, row.kind),
        html=Markup(html),  # noqa: S704 (the renderer's own, kept when it was written)
        code=code,
        address=address,
        check_address=check_address,
        qr=_qr(check_address),
        checked=checked,
        due=due,
        running=css_string(running),
        source=_source(guide),
        files=tuple(_file(one) for one in guide.beside),
    )


def _with_pictures(html: str, files: dict[str, File]) -> str:
    """Pictures of these guides inside the file; of any other picture only its words."""

    def inside(match: re.Match[str]) -> str:
        file = files.get(_name(match[2]))
        data = content_of(file.name) if file else None
        if file is None or data is None:
            words = _ALT.search(match[0])
            return f"<em>{words[1]}</em>" if words else ""
        others = f"{match[1]}{match[3]}".replace('loading="lazy"', "").strip()  # What is never scrolled to is printed.
        return f'<img {others} src="data:{file.media_type};base64,{base64.b64encode(data).decode()}">'

    return _PICTURE.sub(inside, html)


def _apart(html: str, prefix: str) -> str:
    """Ids, and the links to them, that meet none of another guide in the same file."""
    html = _ID.sub(lambda match: f'id="{prefix}{match[1]}"', html)
    return html.replace('href="#', f'href="#{prefix}')


def _name(address: str) -> str:
    found = _FILE.match(address)
    return found[1] if found else ""


def _qr(address: str) -> Markup:
    """Black on white with the quiet zone that scanners need; about 3 cm wide on paper."""
    drawn = segno.make(address, error="m", micro=False)
    path = drawn.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr")
    title = escape(f"Code that leads to {address}")
    return Markup(path.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1))  # noqa: S704 (drawn by segno)


def _file(beside: Beside) -> str:
    newest = beside.versions[-1].file
    return f"{beside.title} ({type_and_size(newest.media_type, newest.size)})"


def _source(guide: Whole) -> tuple[str, str, str] | None:
    row = guide.row
    if row.source_name is None or not (row.source_address or row.source_licence):
        return None
    known = LICENCES.get(row.source_licence)
    return row.source_name, row.source_address, known.name if known else row.source_licence


def css_string(text: str) -> Markup:
    """A CSS string of any words: whatever is no letter or digit is written as its number."""
    words = _SAFE.sub(lambda match: f"\\{ord(match[0]):x} ", text)
    return Markup('"' + words + '"')  # noqa: S704 (letters, digits, backslashes and spaces only)
