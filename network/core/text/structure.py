"""Turns what Python-Markdown built into the shapes of the design: tables to scroll in, notes, tasks, lazy
pictures.

Works on the element tree, before it becomes text, so that nothing has to be parsed twice. Colours, classes
and labels come from here alone; people cannot write any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from network.core.text.code import CodeBlocks
from network.core.text.links import LinkPolicy, is_linkable, is_own_picture, tidy
from network.core.text.notes import from_admonition, from_quote, words_of

_TASK = re.compile(r"^\s*\[([ xX])\]\s+")
_ENTITY = f"{STX}amp{ETX}"
_FOOTNOTE = re.compile(r"^#?fn(ref\d*)?:(.*)$", re.DOTALL)
DECORATIVE = "decorative"
"""What stands for the words of a picture that shows nothing to be told."""

_ALIGNED = {"right": "cp-cell--right", "center": "cp-cell--centre"}

LABEL_LENGTH = 80


@dataclass
class Job:
    """What one run of the converter needs to know and keeps count of."""

    links: LinkPolicy = field(default_factory=LinkPolicy)
    role: str = "region"
    code: CodeBlocks = field(default_factory=CodeBlocks)
    labels: dict[str, int] = field(default_factory=dict)
    footnotes: dict[str, int] = field(default_factory=dict)

    def label(self, text: str) -> str:
        """The text, numbered when an earlier region has the same, so that regions can be told apart."""
        self.labels[text] = self.labels.get(text, 0) + 1
        count = self.labels[text]
        return text if count == 1 else f"{text}, {count}"

    def footnote(self, name: str) -> int:
        return self.footnotes.setdefault(name, len(self.footnotes) + 1)


def _pairs(root: Element) -> Iterator[tuple[Element, int, Element]]:
    """Every element with its parent and place, children before parents, so that either may be replaced."""
    for parent in reversed(list(root.iter())):
        for index in range(len(parent) - 1, -1, -1):
            yield parent, index, parent[index]


class StructureProcessor(Treeprocessor):
    """The tree pass. ``job`` is set for every text."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.job = Job()
        self._shapes: dict[str, Callable[[Element], Element | None]] = {
            "a": self._link,
            "img": self._picture,
            "div": self._division,
            "blockquote": from_quote,
            "li": self._item,
            "sup": self._reference,
            "th": _cell,
            "td": _cell,
            "abbr": _abbreviation,
            "p": _paragraph,
        }

    def run(self, root: Element) -> None:
        for parent, index, element in _pairs(root):
            shape = self._shapes.get(element.tag)
            changed = shape(element) if shape else None
            if changed is not None and changed.tag == parent.tag == "a":
                # A link cannot stand inside a link: the words of the picture remain.
                changed.tag = "span"
                changed.attrib.clear()
            if changed is not None:
                changed.tail, element.tail = element.tail, None
                parent[index] = changed
        # Labels count upwards, so these go in the order of reading.
        for parent in list(root.iter()):
            for index, element in enumerate(parent):
                if element.tag == "table" and parent.get("class") != "cp-table":
                    parent[index] = self._table(element)
                elif element.tag == "pre":
                    self._preformatted(element)

    def _link(self, element: Element) -> None:
        address = element.get("href", "")
        if match := _FOOTNOTE.match(address):
            element.set("href", f"#fn{match[1] or ''}-{self.job.footnote(match[2])}")
            back = element.get("class") == "footnote-backref"
            element.set("class", "cp-footnote-back" if back else "cp-footnote-ref")
            element.attrib.pop("title", None)
            if back:
                element.set("aria-label", f"Back to the text of note {self.job.footnote(match[2])}")
            return
        if _ENTITY in address:
            # Mail addresses come disguised as character references.
            address = unescape(address.replace(_ENTITY, "&"))
        address = tidy(address)
        if not is_linkable(address):
            element.attrib.pop("href", None)
            return
        element.set("href", address)
        if rel := self.job.links.rel(address):
            element.set("rel", rel)
        if not len(element) and not (element.text or "").strip():
            element.text = address

    def _picture(self, element: Element) -> Element | None:
        address = element.get("src", "")
        if is_own_picture(address):
            element.set("loading", "lazy")
            words = " ".join(element.get("alt", "").split())
            if words.casefold() == DECORATIVE:
                # The class tells it from a picture whose words are only missing.
                element.set("class", "cp-decorative")
                words = ""
            element.set("alt", words)
            return None
        link = Element("a", {"href": address})
        name = address.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
        link.text = f"Picture: {element.get('alt') or name or address}"
        self._link(link)
        return link

    def _division(self, element: Element) -> Element | None:
        kinds = element.get("class", "").split()
        if "footnote" in kinds:
            section = Element("section", {"class": "cp-footnotes", "aria-label": self.job.label("Notes")})
            section.extend(child for child in element if child.tag != "hr")
            return section
        if "admonition" in kinds:
            return from_admonition(element, kinds)
        return None

    def _reference(self, element: Element) -> None:
        match = _FOOTNOTE.match(element.get("id", ""))
        if match:
            element.set("id", f"fn{match[1] or ''}-{self.job.footnote(match[2])}")

    def _item(self, element: Element) -> None:
        self._reference(element)
        holder = element[0] if len(element) and element[0].tag == "p" and not (element.text or "").strip() else element
        match = _TASK.match(holder.text or "")
        if not match:
            return
        done = match[1] != " "
        element.set("class", "cp-task cp-task--done" if done else "cp-task")
        box = Element("span", {"class": "cp-task__box", "aria-hidden": "true"})
        box.text = "\u2611 " if done else "\u2610 "
        hidden = Element("span", {"class": "govuk-visually-hidden"})
        hidden.text = "Done: " if done else "To do: "
        hidden.tail = (holder.text or "")[match.end() :]
        holder.text = ""
        holder.insert(0, box)
        holder.insert(1, hidden)

    def _table(self, table: Element) -> Element:
        heads = [words_of(cell) for cell in table.iter("th")]
        if table.find("thead") is not None and not any(heads):
            # A header row without words only exists because Markdown cannot leave it out.
            table.remove(table[0])
        name = ", ".join(head for head in heads if head)
        label = f"Table: {_cut(name)}" if name else "Table"
        wrapper = Element(
            "div",
            {
                "class": "cp-table",
                "role": self.job.role,
                "tabindex": "0",
                "aria-label": self.job.label(label),
            },
        )
        wrapper.tail, table.tail = table.tail, None
        wrapper.append(table)
        return wrapper

    def _preformatted(self, element: Element) -> None:
        element.set("tabindex", "0")
        element.set("role", self.job.role)
        element.set("aria-label", self.job.code.label(""))


def _cut(text: str) -> str:
    if len(text) <= LABEL_LENGTH:
        return text
    return text[:LABEL_LENGTH].rsplit(" ", 1)[0].rstrip(",") + "…"


def _cell(element: Element) -> None:
    style = element.attrib.pop("style", "") + element.attrib.pop("align", "")
    for side, name in _ALIGNED.items():
        if side in style:
            element.set("class", name)
    if element.tag == "th":
        if words_of(element) or len(element) or (element.text or "").strip():
            element.set("scope", "col")
        else:
            element.tag = "td"


def _paragraph(element: Element) -> None:
    if not len(element) and (element.text or "").startswith(STX):
        # What stands for a code block is recognised only when nothing, not even a line end, is beside it.
        element.text = (element.text or "").strip()


def _abbreviation(element: Element) -> None:
    element.set("title", element.get("title", "")[:150])
