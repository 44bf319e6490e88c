"""Lays out blocks of code: coloured by class where that is cheap, always as a labelled region to scroll in.

Pygments knows some five hundred languages, and a few of its patterns take very long on hostile input. Only
the languages that public services write are coloured, and only short blocks.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES

LANGUAGES = {
    "bash": "bash", "sh": "bash", "shell": "bash", "zsh": "bash", "console": "console",
    "powershell": "powershell", "ps1": "powershell", "css": "css", "scss": "scss", "diff": "diff",
    "dockerfile": "docker", "docker": "docker", "go": "go", "html": "html", "xml": "xml", "svg": "xml",
    "http": "http", "ini": "ini", "toml": "toml", "javascript": "javascript", "js": "javascript",
    "json": "json", "make": "make", "makefile": "make", "nginx": "nginx", "php": "php",
    "python": "python", "py": "python", "r": "r", "ruby": "ruby", "rb": "ruby", "rust": "rust", "sql": "sql",
    "typescript": "typescript", "ts": "typescript", "yaml": "yaml", "yml": "yaml",
}  # fmt: skip
"""What people write after the fence, and the lexer that reads it.

The lexers of C, C++, C#, Java and Terraform are left out: eight thousand harmless-looking characters cost them
two to nine seconds.
"""

MAX_COLOURED = 5_000
"""Characters of one block that are still coloured."""

MAX_COLOURED_TOTAL = 15_000
"""Characters of one text that are still coloured."""

MAX_COLOURED_LINE = 500
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){20}")

CLASSES = frozenset(name for name in STANDARD_TYPES.values() if name)
"""Every class that a coloured token can carry."""

_TITLE = re.compile(r"""title=(?:"([^"]*)"|'([^']*)')""")
_FORMATTER = HtmlFormatter(nowrap=True)


@lru_cache(maxsize=len(LANGUAGES))
def _lexer(name: str) -> Lexer:
    return get_lexer_by_name(name, stripnl=False)


def language_of(info: str) -> str:
    """The language named after a fence, in lower case: from ``python``, ``{.python}`` or ``python
    title="x"``.
    """
    words = info.replace("{", " ").replace("}", " ").split()
    first = words[0].lstrip(".").lower() if words else ""
    return first if re.fullmatch(r"[a-z0-9+#.-]{1,20}", first) else ""


def title_of(info: str) -> str:
    """The title given after a fence as ``title="…"``, or nothing."""
    match = _TITLE.search(info)
    return (match[1] or match[2] or "").strip()[:80] if match else ""


def coloured(code: str, language: str) -> str | None:
    """HTML of the code with a class on each token, or None where colour is not known or would cost too
    much.
    """
    name = LANGUAGES.get(language)
    if name is None or len(code) > MAX_COLOURED:
        return None
    if _EMPTY_LINES.search(code) or any(len(line) > MAX_COLOURED_LINE for line in code.split("\n")):
        return None
    return highlight(code, _lexer(name), _FORMATTER).rstrip("\n")


class CodeBlocks:
    """The code blocks of one text: gives each its own label and keeps to the text's allowance of colour."""

    def __init__(self) -> None:
        self._labels: dict[str, int] = {}
        self._spent = 0

    def label(self, name: str) -> str:
        """A label no other block of this text has: "Code: python", then "Code: python, 2"."""
        label = f"Code: {name}" if name else "Code"
        self._labels[label] = self._labels.get(label, 0) + 1
        count = self._labels[label]
        return label if count == 1 else f"{label}, {count}"

    def render(self, code: str, info: str, role: str) -> str:
        """HTML of one fenced block; *info* is what stood after the opening fence, *role* its ARIA role."""
        language = language_of(info)
        inner = None
        if self._spent + len(code) <= MAX_COLOURED_TOTAL:
            inner = coloured(code, language)
        if inner is None:
            inner = html.escape(code, quote=False)
        else:
            self._spent += len(code)
        label = html.escape(self.label(title_of(info) or language))
        return f'<pre tabindex="0" role="{role}" aria-label="{label}"><code>{inner}\n</code></pre>'
