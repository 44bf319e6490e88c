"""HTML inside Markdown, as published sites mix them: wrappers go, their Markdown stays, the rest is
converted.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field

from network.library.importing.html import to_markdown
from network.library.importing.kramdown import ANCHOR


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


WRAPPERS = _names(
    "div section article main header footer aside center figure form fieldset details picture object"
    " body html head tbody thead"
)
BLOCKS = _names("table ul ol dl p h1 h2 h3 h4 h5 h6 pre blockquote hr iframe video audio")
INLINE = _names("a b strong i em code sup sub kbd u span small abbr s del strike q cite var samp img tt")
TRANSPARENT = _names("button label legend font big ins mark time wbr source address")
DROPPED = _names("script style nav svg math noscript template select textarea input link meta title")
VOID = _names("br hr img input source wbr link meta col")
OTHERS = _names("li tr td th caption dt dd figcaption summary br col colgroup")
KNOWN = WRAPPERS | BLOCKS | INLINE | TRANSPARENT | DROPPED | OTHERS

MAX_TAGS = 20_000
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s(?:\"[^\"]{0,2000}\"|'[^']{0,2000}'|[^<>\"']){0,2000})?)/?>")
_NAME = re.compile(r"\b(?:id|name)\s*=\s*(?:\"([\w:.-]+)\"|'([\w:.-]+)')")
LINE_BREAK = "\ue004"


@dataclass
class _Node:
    """An element: where it begins and ends in the text, and what is in it."""

    tag: str
    attributes: str
    start: int
    end: int = -1
    inside: list[str | _Node] = field(default_factory=list)


def without_html(text: str) -> str:
    """Markdown in which no HTML is left but unknown tags. Code must be masked."""
    text = _COMMENT.sub("", text)
    if "<" not in text:
        return text
    converted = _render_all(_parse(text), text)
    lines = []
    for line in converted.split("\n"):
        inside_table = line.lstrip().startswith("|")
        lines.append(line.replace(LINE_BREAK, " " if inside_table else "  \n"))
    text = "\n".join(lines)
    return re.sub(r"  \n(?:[ ]*\n)+", "\n\n", re.sub(r"\n{3,}", "\n\n", text))


def _parse(text: str) -> list[str | _Node]:
    """The text as a tree of the elements we know; one pass, whatever is unbalanced is let go."""
    root = _Node("", "", 0)
    open_nodes = [root]
    at = 0
    for number, match in enumerate(_TAG.finditer(text)):
        name = match[2].lower()
        if name not in KNOWN or number > MAX_TAGS:
            continue
        open_nodes[-1].inside.append(text[at : match.start()])
        at = match.end()
        if match[1]:
            _close(open_nodes, name, match.end())
        else:
            node = _Node(name, match[3], match.start(), match.end())
            open_nodes[-1].inside.append(node)
            if name not in VOID and not match[0].endswith("/>") and len(open_nodes) < 60:
                open_nodes.append(node)
    open_nodes[-1].inside.append(text[at:])
    _close_all(open_nodes, len(text))
    return root.inside


def _close(open_nodes: list[_Node], name: str, end: int) -> None:
    names = [node.tag for node in open_nodes]
    if name not in names[1:]:
        return
    while open_nodes[-1].tag != name:
        # An element that nobody closed ends with its parent; its content was meant all the same.
        open_nodes.pop().end = end
    open_nodes.pop().end = end


def _close_all(open_nodes: list[_Node], end: int) -> None:
    """Elements still open at the end of the text are taken for their content alone."""
    while len(open_nodes) > 1:
        node = open_nodes.pop()
        node.end = end
        if node.tag not in WRAPPERS | DROPPED:
            node.tag = "span-left-open"


def _render_all(pieces: list[str | _Node], text: str, *, wrapped: bool = False) -> str:
    out: list[str] = []
    for piece in pieces:
        if isinstance(piece, _Node):
            out.append(_render(piece, text))
        else:
            out.append(_dedent(piece) if wrapped else piece)
    return "".join(out)


def _dedent(text: str) -> str:
    """Lines of Markdown in a wrapper lose the indent that only follows the HTML around them."""
    first, newline, rest = text.partition("\n")
    if not newline:
        return text
    return first + newline + textwrap.dedent(rest)


def _anchor(node: _Node) -> str:
    match = _NAME.search(node.attributes)
    return f"{ANCHOR}{match[1] or match[2]}{ANCHOR}" if match else ""


def _render(node: _Node, text: str) -> str:
    tag, source = node.tag, text[node.start : node.end]
    if tag in DROPPED:
        return ""
    if tag == "br":
        return LINE_BREAK
    if tag == "summary":
        return f"\n\n**{_render_all(node.inside, text).strip().strip('*')}**\n\n"
    if tag == "figcaption":
        return f"\n\n*{_render_all(node.inside, text).strip()}*\n\n"
    if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        words = " ".join(_render_all(node.inside, text).split())
        return f"\n\n{'#' * int(tag[1])} {words} {_anchor(node)}\n\n" if words else ""
    if tag == "p" or tag in WRAPPERS:
        return f"\n\n{_anchor(node)}{_render_all(node.inside, text, wrapped=True).strip(chr(10))}\n\n"
    if tag in BLOCKS:
        return f"\n\n{to_markdown(source, escape=False)}\n\n"
    if tag == "a" and not re.search(r"\bhref\s*=", node.attributes):
        return _anchor(node) + _render_all(node.inside, text)
    if tag in INLINE:
        return to_markdown(source, escape=False) if tag in {"a", "img", "sup"} else _inline(node, text)
    return _render_all(node.inside, text)


def _inline(node: _Node, text: str) -> str:
    mark = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}.get(node.tag, "")
    mark = "`" if node.tag in {"code", "kbd", "samp", "tt", "var"} else mark
    words = _render_all(node.inside, text)
    inner = words.strip()
    if not inner or not mark:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}{mark}{inner}{mark}{after}"
