"""Which file of an import an address of the published site means.

A page at ``docs/agile/index.md`` may be linked to as ``/service-manual/agile``, ``../agile/``, ``index.html``
or by the permalinks of its front matter.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
_PAGE_ENDINGS = re.compile(r"\.(?:html?|md|markdown|docx|php|aspx?)$", re.IGNORECASE)


class SiteMap:
    """Which file an address of the published site means."""

    def __init__(self, pages: Mapping[str, Mapping[str, Any]], pictures: Iterable[str], site_url: str = "") -> None:
        self._site = urlsplit(site_url)
        self.site_url = site_url
        self._pages: dict[str, str] = {}
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._pictures = {path: path for path in pictures}
        self._picture_names: dict[str, set[str]] = defaultdict(set)
        root = posixpath.commonpath(list(pages)) if len(pages) > 1 else ""
        self._root = root if root not in pages else ""
        for path in pages:
            inner = path[len(self._root) :].lstrip("/") if self._root else path
            for key in (_key(path), _key(inner)):
                self._pages.setdefault(key, path)
            self._by_name[_key(path).rsplit("/", 1)[-1]].add(path)
        for path, fields in pages.items():
            for address in _given(fields):
                self._pages.setdefault(_key(address), path)
        for path in self._pictures:
            self._picture_names[path.rsplit("/", 1)[-1].lower()].add(path)

    def page(self, address: str, origin: str) -> str | None:
        """The path of the page at an address as written in the file *origin*, or None."""
        return self._look(address, origin, self._pages, self._by_name, _key)

    def picture(self, address: str, origin: str) -> str | None:
        """The path of the picture at an address as written in the file *origin*, or None."""
        return self._look(address, origin, self._pictures, self._picture_names, _plain_path)

    def is_here(self, address: str) -> bool:
        """Whether an address belongs to the published site: without a host, or with the site's."""
        parts = urlsplit(address)
        return parts.netloc == self._site.netloc if parts.netloc else not parts.scheme

    def _look(
        self,
        address: str,
        origin: str,
        known: Mapping[str, str],
        names: Mapping[str, set[str]],
        key: Callable[[str], str],
    ) -> str | None:
        path = unquote(urlsplit(address).path)
        tried = [key(path)]
        if not path.startswith("/"):
            tried.insert(0, key(posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))))
        segments = tried[-1].split("/")
        # A site may live under a folder of its own host, such as /service-manual/.
        tried += ["/".join(segments[drop:]) for drop in (1, 2) if len(segments) > drop]
        for candidate in tried:
            for rooted in (candidate, posixpath.join(self._root, candidate) if self._root else candidate):
                if candidate and rooted in known:
                    return known[rooted]
        same_name = names.get(segments[-1].lower() if key is _plain_path else segments[-1], set())
        return next(iter(same_name)) if len(same_name) == 1 and segments[-1] else None


def _plain_path(path: str) -> str:
    return posixpath.normpath(path).lstrip("/").removeprefix("./")


def _key(path: str) -> str:
    """An address without what is different between a file and its page: ending, index, slashes."""
    path = _PAGE_ENDINGS.sub("", path.strip().strip("/"))
    return re.sub(r"(?:^|/)(?:index|readme|_index)$", "", path, flags=re.IGNORECASE).strip("/").lower()


def _given(fields: Mapping[str, Any]) -> list[str]:
    """Addresses that front matter gives a page besides its file name."""
    found: list[str] = []
    for name in ("permalink", "url", "redirect_from", "aliases"):
        value = fields.get(name)
        found += [value] if isinstance(value, str) else [item for item in value or [] if isinstance(item, str)]
    return [address for address in found if not urlsplit(address).scheme and "{" not in address]
