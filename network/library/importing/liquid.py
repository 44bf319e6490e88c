"""Template tags of published sites: those with a meaning for readers are read, any other goes and is listed.

Covers what Jekyll and Eleventy sites of public services write: links to pages, pictures, notices, channels,
loops over the site's pages. What a tag would have fetched from files that are not here cannot be known.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from network.library.importing.blocks import Block
from network.library.importing.masking import Mask

GONE = "\ue003"
"""Stands where a tag was whose place in the text is empty now."""

_RAW = tuple(Block(rf"\{{%-?\s*{name}\s*-?%\}}(.*?)", rf"\{{%-?\s*end{name}\s*-?%\}}") for name in ("raw", "verbatim"))
_RAW_MARK = re.compile(r"\{%-?\s*(?:end)?(?:raw|verbatim)\s*-?%\}")
_LITERAL = re.compile(r"\{\{\s*\"([^\"\n]*)\"\s*\}\}")
_COMMENTS = (
    Block(r"\{%-?\s*comment\s*-?%\}.*?", r"\{%-?\s*endcomment\s*-?%\}"),
    Block(r"\{#(?=\s).*?", r"#\}"),
)
_NOTICE = Block(
    r"(?<![ \t])[ \t]*\{%-?\s*(?:alert|note|callout|warning|notice)\b([^%]{0,300})%\}(.*?)",
    r"\{%-?\s*end(?:alert|note|callout|warning|notice)\s*-?%\}",
)
_PAGES = Block(r"\{%-?\s*for\s+(\w+)\s+in\s+site\.pages\s*-?%\}(.*?)", r"\{%-?\s*endfor\s*-?%\}")
_LOOP = re.compile(r"\{%-?\s*for\b[^%]{0,300}%\}(?:(?!\{%-?\s*for\b).)*?\{%-?\s*endfor\s*-?%\}", re.DOTALL)
_TAG = re.compile(r"\{%-?+\s{0,9}+(\w{0,40}+)((?:[^%]|%(?!\})){0,800}+)%\}")
_VARIABLE = re.compile(r"\{\{-?([^{}]{0,500}?)-?\}\}")
_ARGUMENT = re.compile(r"\"([^\"]*)\"|'([^']*)'|“([^”]{0,800})”|([^\s,\"']+)")
# Loops deeper than any page has them: of what is left, each tag goes by itself.
_MOST_NESTED = 20
_WARNINGS = ("warning", "error", "danger", "emergency", "important")


@dataclass
class Page:
    """What templates may say about the page they stand in, and about the other pages of the site."""

    path: str
    fields: Mapping[str, Any]
    site: Sequence[tuple[str, Mapping[str, Any]]] = ()
    left_out: Counter[str] = field(default_factory=Counter)

    def leave_out(self, tag: str) -> str:
        self.left_out[" ".join(tag.split())[:80]] += 1
        return GONE


def expand(text: str, page: Page, mask: Mask) -> str:
    """The text without template tags. Code in *mask* is left alone, and so is what a site marked as raw."""
    for raw in _RAW:
        text = raw.sub(lambda match: mask.keep(match[1]), text)
    for comment in _COMMENTS:
        text = comment.sub(lambda _: "", text)
    text = _RAW_MARK.sub("", text)
    text = _PAGES.sub(lambda match: _list_pages(match, page), text)
    for _ in range(_MOST_NESTED):
        if not _LOOP.search(text):
            break
        text = _LOOP.sub(lambda match: page.leave_out(match[0].split("%}")[0] + "%}"), text)
    text = _NOTICE.sub(_notice, text)
    text = _TAG.sub(lambda match: _tag(match, page), text)
    return _VARIABLE.sub(lambda match: _variable(match, page), text)


def unmark_raw(code: str) -> str:
    """Code without the marks that only keep a site from reading it as a template."""
    return _LITERAL.sub(r"\1", _RAW_MARK.sub("", code))


def arguments(words: str) -> list[str]:
    """The arguments of a tag: quoted ones as they are, others word by word."""
    return [
        next(part for part in match.groups("") if part) if any(match.groups("")) else ""
        for match in _ARGUMENT.finditer(words)
    ]


def _notice(match: re.Match[str]) -> str:
    given = arguments(match[1])
    warning = any(word in _WARNINGS for word in given[1:]) or match[0].lstrip().startswith(("{% warning", "{%warning"))
    title = given[0].replace('"', "'").strip() if given else ""
    body = textwrap.dedent(match[2].strip("\n")).strip()
    if body and not body.startswith(" "):
        first, _, rest = body.partition("\n")
        body = first + ("\n" + textwrap.dedent(rest) if rest else "")
    head = f"!!! {'warning' if warning else 'note'}" + (f' "{title}"' if title else "")
    return f"\n\n{head}\n{textwrap.indent(body or title, '    ')}\n\n"


def _list_pages(match: re.Match[str], page: Page) -> str:
    """A loop over the site's pages that picks some by one field."""
    name, body = match[1], match[2]
    condition = rf"\{{%-?\s*if\s+{name}\.(\w+)\s*==\s*['\"]([^'\"]{{0,200}})['\"]\s*-?%\}}(.*?)"
    chosen = Block(condition, r"\{%-?\s*endif\s*-?%\}").search(body)
    if not chosen:
        return page.leave_out(match[0].split("%}")[0] + "%}")
    key, value, item = chosen.groups()
    lines = []
    for path, fields in page.site:
        if str(fields.get(key, "")) != value or not fields.get("title"):
            continue
        known = {**fields, "url": "/" + path}
        lines.append(
            re.sub(rf"\{{\{{\s*{name}\.(\w+)\s*\}}\}}", lambda m, known=known: str(known.get(m[1], "")), item).strip()
        )
    return "\n".join(lines) or GONE


def _link(given: list[str]) -> str:
    return given[0] if given else ""


def _picture(given: list[str], alternative: int) -> str:
    if not given:
        return ""
    words = given[alternative] if len(given) > alternative else ""
    return f"![{words}]({given[0].replace(' ', '%20')})"


_MEANT: dict[str, Callable[[list[str]], str]] = {
    "page": _link,
    "link": _link,
    "download": _link,
    "url": _link,
    "post_url": _link,
    "slack_channel": lambda given: f"\\#{given[0].lstrip('#')}" if given else "",
    "image": lambda given: _picture(given, 1),
    "image_with_class": lambda given: _picture(given, 2),
}
_SILENT = {
    "assign",
    "capture",
    "endcapture",
    "if",
    "endif",
    "elsif",
    "else",
    "unless",
    "endunless",
    "case",
    "when",
    "endcase",
}


def _tag(match: re.Match[str], page: Page) -> str:
    name = match[1]
    if name in _MEANT:
        return _MEANT[name](arguments(match[2]))
    marked = page.leave_out(match[0])
    return "" if name in _SILENT else marked


def _variable(match: re.Match[str], page: Page) -> str:
    name = match[1].split("|")[0].strip()
    if re.fullmatch(r"(?:site|base)\.(?:base_?url|url)", name) or not name:
        return ""
    if name.startswith("page.") and isinstance(page.fields.get(name[5:]), str | int):
        return str(page.fields[name[5:]])
    page.leave_out(match[0])
    return _stand_in(name, match[1])


def _stand_in(name: str, whole: str) -> str:
    """Words for a value of the site that is not here: its own name, so that the sentence can still be read.

    ``site.Rules.ImpactAssessment[page.lang] | downcase`` gives "impact assessment"; an address gives nothing.
    """
    last = re.sub(r"\[[^\]]*\]?.*", "", name).rsplit(".", 1)[-1]
    if not name.startswith("site.") or not re.fullmatch(r"(?:[A-Z][a-z]+)+", last) or re.search(r"U(?:rl|RL)$", last):
        return ""
    spoken = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", last)
    return spoken.lower() if "downcase" in whole else spoken
