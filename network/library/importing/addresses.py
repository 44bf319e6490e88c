"""Links between the files of an import: looked up, and kept as tokens until the guides have addresses.

Links that lead to none of the imported files stay words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urljoin, urlsplit

from network.core.text.headings import heading_slug
from network.library.importing.kramdown import ANCHOR
from network.library.importing.masking import Mask
from network.library.importing.sitemap import SiteMap

# Lengths are bounded throughout: a text full of open brackets must not cost its square.
_TEXT = r"((?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.){0,300}\]){0,500}+)"
_TITLE = r"(\s{1,9}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|\([^()\n]{0,300}\)))?"
_ADDRESS = r"(<[^<>\n]{0,2000}>|(?:[^()\s\\<]|\\.|\([^()\s]{0,300}\)){0,2000})"
_TARGET = rf"\(\s{{0,9}}{_ADDRESS}{_TITLE}\s{{0,9}}\)"
LINK = re.compile(rf"(!?)(?<!\\)\[{_TEXT}\]{_TARGET}")
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?!\^)([^\]\n]{1,300})\]:[ ]*+\n?[ ]*+<?([^\s>]{1,2000}+)>?[ ]*+"
    r"(?:\"[^\"\n]*\"|'[^'\n]*'|\([^)\n]*\))?[ ]*$",
    re.MULTILINE,
)
_REFERENCE = re.compile(rf"(!?)(?<!\\)\[{_TEXT}\](?:[ ]?\[([^\]\n]{{0,300}})\])?(?![(\[])")
_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ ]+(.*)$", re.MULTILINE)
_ANCHORS = re.compile(f"(?<! )[ ]*{ANCHOR}([^{ANCHOR}\n]*){ANCHOR}")
_TOKEN = re.compile(r"^(guide|picture):([^#]*)(?:#(.*))?$")
_MARKUP = re.compile(r"!?\[([^\]]{0,300})\]\([^)]{0,2000}\)|[*_`~]+")


@dataclass
class Places:
    """The places in one text that a link may lead to: names given to them, and its headings."""

    aliases: dict[str, str] = field(default_factory=dict)
    headings: set[str] = field(default_factory=set)
    unnumbered: dict[str, str] = field(default_factory=dict)

    def add(self, slug: str) -> None:
        """A heading. Generated names leave out numbers at the start: "2. Setup" is called "setup"."""
        self.headings.add(slug)
        self.unnumbered.setdefault(slug.lstrip("0123456789-"), slug)

    def find(self, fragment: str) -> str:
        """The slug of the heading that a fragment means, or nothing."""
        name = unquote(fragment)
        if name in self.aliases:
            return self.aliases[name]
        slug = heading_slug(name)
        if slug in self.headings:
            return slug
        return self.unnumbered.get(slug, "") if slug else ""


def take_anchors(text: str) -> tuple[str, Places]:
    """The text without anchor marks, and its places. A name belongs to its line's heading or else to the
    next one.
    """
    places = Places()
    waiting: list[str] = []
    counts: dict[str, int] = defaultdict(int)
    lines = []
    for line in text.split("\n"):
        waiting += _ANCHORS.findall(line)
        bare = _ANCHORS.sub("", line)
        lines.append(bare)
        if match := _HEADING.match(bare):
            slug = heading_slug(_MARKUP.sub(r"\1", match[1].rstrip().rstrip("#"))) or "section"
            counts[slug] += 1
            slug = slug if counts[slug] == 1 else f"{slug}-{counts[slug]}"
            places.add(slug)
            places.aliases |= dict.fromkeys(waiting, slug)
            waiting = []
        elif bare.strip() and places.headings and len(waiting) > 8:
            waiting = []
    return "\n".join(lines), places


def inline_references(text: str) -> str:
    """Links by reference with their addresses put in, so that each link can be looked at by itself."""
    targets = {match[1].strip().lower(): match[2] for match in _DEFINITION.finditer(text)}
    if not targets:
        return text
    text = _DEFINITION.sub("", text)

    def put_in(match: re.Match[str]) -> str:
        name = (match[3] or match[2]).strip().lower()
        name = " ".join(name.split())
        return f"{match[1]}[{match[2]}]({targets[name]})" if name in targets else match[0]

    return _REFERENCE.sub(put_in, text)


def resolve_links(markdown: str, guides: Mapping[str, str], pictures: Mapping[str, str] | None = None) -> str:
    """Puts real addresses in place of ``guide:`` and ``picture:``.

    guides: address of each imported guide by its path, such as ``/library/damp-and-mould``. pictures:
    address of each stored picture by its path. A link to a guide that is not there becomes its words, a
    picture its alternative text.
    """
    stored = pictures or {}

    def put_in(match: re.Match[str]) -> str:
        token = _TOKEN.match(match[3].strip("<>"))
        if not token:
            return match[0]
        address = (guides if token[1] == "guide" else stored).get(unquote(token[2]))
        if address is None:
            return match[2]
        place = f"#h-{token[3]}" if token[3] else ""
        return f"{match[1]}[{match[2]}]({address}{place}{match[4] or ''})"

    mask = Mask()
    text = mask.code(markdown)
    # Pictures first: they may stand inside links.
    text = re.sub(rf"(!)\[{_TEXT}\]{_TARGET}", put_in, text)
    return mask.restore(LINK.sub(put_in, text))


def token(kind: str, path: str, place: str = "") -> str:
    """What stands for a guide's or picture's address until it has one."""
    return f"{kind}:{quote(path, safe='/')}" + (f"#{place}" if place else "")


@dataclass
class Linker:
    """Rewrites the links and pictures of one text; remembers what it met."""

    origin: str
    site: SiteMap
    places: Mapping[str, Places]
    used_pictures: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    missing_pictures: list[str] = field(default_factory=list)
    without_words: list[str] = field(default_factory=list)

    def rewrite(self, text: str) -> str:
        """The text with tokens for what is in the import, words for what is not, outside links as they
        were.
        """
        text = re.sub(rf"(!)\[{_TEXT}\]{_TARGET}", self._picture, text)
        return LINK.sub(self._link, text)

    def _picture(self, match: re.Match[str]) -> str:
        words, address = match[2].strip(), match[3].strip("<>")
        name = unquote(urlsplit(address).path).rsplit("/", 1)[-1]
        if not words:
            self.without_words.append(name or address)
        if self.site.is_here(address):
            if path := self.site.picture(address, self.origin):
                self.used_pictures.add(path)
                return f"![{words}]({token('picture', path)})"
            if not self.site.site_url:
                self.missing_pictures.append(address)
                return f"*Picture: {words}*" if words else ""
            address = urljoin(self.site.site_url, address)
        elif not address.startswith(("http://", "https://")):
            return words
        return f"[Picture: {words or name}]({address})"

    def _link(self, match: re.Match[str]) -> str:
        if match[1]:
            return match[0]
        # A picture that became a link cannot be one inside another link.
        words, address = LINK.sub(r"\2" if "![" not in match[2] else r"\g<0>", match[2]), match[3].strip("<>")
        if not words.strip():
            # A link without words is a mark on the page of its site.
            return ""
        if address.startswith(("mailto:", "tel:", "guide:", "picture:")):
            return match[0]
        try:
            fragment, here = urlsplit(address).fragment, self.site.is_here(address)
        except ValueError:
            return words
        if not here:
            scheme = urlsplit(address).scheme
            outside = scheme in {"http", "https"} or address.startswith("//")
            return f"[{words}]({match[3]}{match[4] or ''})" if outside else words
        if address.startswith("#"):
            place = self.places[self.origin].find(fragment)
            return f"[{words}](#{place})" if place else words
        if path := self.site.page(address, self.origin):
            place = self.places[path].find(fragment) if fragment else ""
            if path == self.origin:
                return f"[{words}](#{place})" if place else words
            return f"[{words}]({token('guide', path, place)})"
        if self.site.site_url and address:
            return f"[{words}]({urljoin(self.site.site_url, address)})"
        if address.strip():
            self.missing.append(address)
        return words
