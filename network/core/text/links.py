"""What a link or a picture in somebody's text may point at, and what the page says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
OUTSIDE_REL = "nofollow noopener ugc"

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f]+")
_PICTURE_NAME = re.compile(r"^(?!.*\.\.)[^/\\:?#&][^\\:?#&]*\.(?:png|jpe?g|gif|webp|avif)$", re.IGNORECASE)
_FILE_PATH = re.compile(r"^/files/(?!.*\.\.)[^\\:?#&]+$")


@dataclass(frozen=True)
class LinkPolicy:
    """How a text's links are treated.

    own_origin: the site's own address such as ``https://network.example``; links to it count as inside.
    follow: leave out ``nofollow`` and ``ugc``, for texts that the service itself answers for.
    """

    own_origin: str = ""
    follow: bool = False

    def rel(self, address: str) -> str:
        """The rel attribute of a link to this address; empty for a link inside the site."""
        if not is_outside(address, self.own_origin):
            return ""
        return "noopener" if self.follow else OUTSIDE_REL


def tidy(address: str) -> str:
    """The address as a browser would read it: without control characters, backslashes as slashes."""
    address = _CONTROL.sub("", address).strip()
    path, mark, query = address.partition("?")
    return path.replace("\\", "/") + mark + query


def is_outside(address: str, own_origin: str = "") -> bool:
    """Whether a browser would leave the site for this address.

    Browsers drop control characters and read a backslash as a slash, so this does too.
    """
    seen = _INVISIBLE.sub("", tidy(address))
    if seen.startswith("//"):
        return True
    try:
        parts = urlsplit(seen)
    except ValueError:
        return True
    if parts.scheme not in {"http", "https"}:
        return False
    return not own_origin or f"{parts.scheme}://{parts.netloc}" != own_origin.rstrip("/")


def is_own_picture(address: str) -> bool:
    """Whether a picture lies on this site: under ``/files/`` or beside the text, with nothing tacked on.

    Anything else would let a text make its readers' browsers call any address, here or elsewhere.
    """
    return bool(_FILE_PATH.match(address) or _PICTURE_NAME.match(address))


def is_linkable(address: str) -> bool:
    """Whether an address has a scheme that a link may have, or none."""
    seen = _INVISIBLE.sub("", address)
    try:
        scheme = urlsplit(seen).scheme
    except ValueError:
        return False
    return scheme in SCHEMES or (not scheme and ":" not in seen.split("/")[0].split("?")[0].split("#")[0])
