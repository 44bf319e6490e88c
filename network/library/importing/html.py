"""HTML to Markdown, for whole documents and for the pieces of HTML that stand in Markdown."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from markdownify import ATX, MarkdownConverter

_SUPERSCRIPT = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_BREAK = "\ue005"
_OPEN_OR_CLOSE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset({"br", "hr", "img", "input", "source", "wbr", "link", "meta", "col", "embed"})
_OFTEN_OPEN = frozenset({"p", "li", "td", "th", "tr", "dt", "dd", "option", "html", "head", "body", "tbody"})
MAX_TAGS = 25_000
MAX_DEPTH = 120
_LANGUAGE = re.compile(r"(?:language|lang|highlight-source)-([\w+#-]+)")


class _Converter(MarkdownConverter):
    """markdownify with our tables, and with an answer for elements that Markdown has no word for."""

    def __init__(self, *, escape: bool) -> None:
        self._escape = escape
        super().__init__(heading_style=ATX, bullets="-", strong_em_symbol="*", autolinks=True)

    def escape(self, text: str, parent_tags: set[str]) -> str:
        if not self._escape or not text:
            return text
        text = re.sub(r"([\\*_`\[\]])", r"\\\1", text)
        return re.sub(r"^(\s*)([#>+-]|\d+[.)])(?=\s)", lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", text)

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _BREAK if {"td", "th"} & parent_tags else "  \n"

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        plain = text.strip()
        return plain.translate(_SUPERSCRIPT) if re.fullmatch(r"[\d+()-]+", plain) else text

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        source = str(el.get("src") or "").strip().replace(" ", "%20")
        alternative = " ".join(str(el.get("alt") or "").split()).replace("[", "(").replace("]", ")")
        return f"![{alternative}]({source})" if source else ""

    def convert_iframe(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        source = str(el.get("src") or "")
        words = str(el.get("title") or "") or text.strip() or "Watch or open this"
        return f"\n\n[{words}]({source})\n\n" if source else text

    convert_video = convert_audio = convert_embed = convert_iframe

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return "\n\n" + self._table(el) + "\n\n"

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n**{text.strip()}**\n\n" if text.strip() else ""

    def convert_dd(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_summary(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n**{text.strip().strip('*')}**\n\n" if text.strip() else ""

    def convert_figcaption(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n*{text.strip()}*\n\n" if text.strip() else ""

    def convert_input(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return ""

    convert_select = convert_textarea = convert_script = convert_style = convert_input

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        code = el.get_text().strip("\n")
        classes = " ".join(str(name) for tag in [el, *el.find_all("code")] for name in tag.get_attribute_list("class"))
        match = _LANGUAGE.search(classes)
        fence = "```" if "```" not in code else "~~~~"
        return f"\n\n{fence}{match[1] if match else ''}\n{code}\n{fence}\n\n"

    def _table(self, table: Tag) -> str:
        rows: list[list[str]] = []
        carried: dict[tuple[int, int], str] = {}
        heads: list[bool] = []
        for number, row in enumerate(table.find_all("tr")):
            cells: list[str] = []
            found = row.find_all(["td", "th"], recursive=False)
            heads.append(
                bool(found)
                and ((row.parent is not None and row.parent.name == "thead") or all(c.name == "th" for c in found))
            )
            for cell in found:
                while (number, len(cells)) in carried:
                    cells.append(carried[number, len(cells)])
                words = self._cell(cell)
                for below in range(1, _span(cell, "rowspan")):
                    carried[number + below, len(cells)] = ""
                cells += [words] + [""] * (_span(cell, "colspan") - 1)
            if any(cells):
                rows.append(cells)
            else:
                heads.pop()
        return _pipes(rows, bool(heads) and heads[0])

    def _cell(self, cell: Tag) -> str:
        words = str(self.process_tag(cell, parent_tags={"table", "tr", "td"}))  # type: ignore[attr-defined]
        words = re.sub(r"^[^\S\n]*[-*+] +", "• ", words, flags=re.MULTILINE)
        words = re.sub(rf"(?<=[.,;:!?])\s*(?:{_BREAK}\s*)+", " ", words)
        words = re.sub(rf"(?<!\s)\s*+(?:{_BREAK}\s*)+", ", ", words).strip().strip(",")
        return re.sub(r"\s+", _gap, words).strip().replace("|", "\\|")

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text

    convert_th = convert_tr = convert_tbody = convert_thead = convert_caption = convert_td


def _gap(match: re.Match[str]) -> str:
    """What stands in one line for space between words: paragraphs are set apart, unless a sign does that."""
    before, after = match.string[max(0, match.start() - 1) : match.start()], match.string[match.end() : match.end() + 1]
    return " / " if match[0].count("\n") > 1 and after != "•" and before not in tuple(".,;:!?") else " "


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "1")
    return max(1, min(int(value[:9]), 50)) if value.isascii() and value.isdigit() else 1


def _pipes(rows: list[list[str]], has_head: bool) -> str:
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    padded = [row + [""] * (width - len(row)) for row in rows]
    head = padded.pop(0) if has_head else [""] * width
    lines = [head, ["---"] * width, *padded]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


class TooMuch(ValueError):
    """HTML that would take too long to read; the message completes "skipped because …"."""


def check(html: str, *, raw: bool = False) -> None:
    """Raises TooMuch for HTML that no guide is like; costs one pass.

    raw: the HTML is as somebody wrote it, where elements such as paragraphs may be left open.
    """
    if html.count("<") > MAX_TAGS:
        raise TooMuch("it has far more elements than a guide has; reading it would take too long")
    depth = 0
    passed_over = _VOID | _OFTEN_OPEN if raw else _VOID
    for match in _OPEN_OR_CLOSE.finditer(html):
        if match[2].lower() not in passed_over:
            depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > MAX_DEPTH:
            raise TooMuch("it is nested too deeply")


def to_markdown(html: str, *, escape: bool = True) -> str:
    """Markdown of an HTML fragment. *escape*: whether its text may hold signs that Markdown would read.

    Raises TooMuch when it is nested too deeply or has far more elements than a guide.
    """
    check(html)
    soup = BeautifulSoup(html, "html.parser")
    return tidy(str(_Converter(escape=escape).convert_soup(soup)))


def tidy(text: str) -> str:
    """Text without trailing spaces (but the two that break a line) and with single blank lines."""
    text = text.replace("\xa0", " ").replace(_BREAK, " ")
    text = re.sub(r"(?m)^[ \t]+$", "", text)
    text = re.sub(r"(?m)(?<! )(?:[ ]|[ ]{3,})$", "", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
