"""Notes and warnings, in the three ways that people know how to write them.

``!!! warning "Title"`` with an indented text, ``> [!WARNING]``, and ``> **Warning:** …`` all become the same box.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

WARNINGS = frozenset({"warning", "caution", "danger", "attention", "error", "important"})
_LABEL = re.compile(r"^\s*(note|tip|info|important|warning|caution|danger):?\s*$", re.IGNORECASE)
_ALERT = re.compile(r"^\s*\[!(note|tip|info|important|warning|caution|danger)\]\s*", re.IGNORECASE)
_ESCAPED = re.compile("\x02(\\d{1,7})\x03")
_STASHED = re.compile("\x02[^\x03]*\x03")


def words_of(element: Element) -> str:
    """The element's text as a reader sees it, on one line."""
    text = "".join(element.itertext())
    text = _ESCAPED.sub(lambda match: chr(int(match[1])) if int(match[1]) < 0x110000 else "", text)
    return " ".join(_STASHED.sub("", text).split())


def _note(kind: str, label: str) -> Element:
    warning = kind.lower() in WARNINGS
    note = Element("div", {"class": "cp-note cp-note--warning" if warning else "cp-note"})
    SubElement(note, "strong", {"class": "cp-note__label"}).text = label or kind.capitalize()
    return note


def from_admonition(element: Element, kinds: list[str]) -> Element:
    kind = next((kind for kind in kinds if kind != "admonition"), "note")
    kind = kind if kind in WARNINGS or kind in {"note", "tip", "info"} else "note"
    note = _note(kind, "")
    for child in element:
        if child.get("class") == "admonition-title":
            note[0].text, note[0][:] = child.text, list(child)
        else:
            note.append(child)
    return note


def from_quote(element: Element) -> Element | None:
    """A quotation that calls itself a note is one: ``> **Warning:** …`` or ``> [!WARNING]``."""
    first = element[0] if len(element) and element[0].tag == "p" else None
    if first is None:
        return None
    if match := _ALERT.match(first.text or ""):
        first.text = (first.text or "")[match.end() :]
        note = _note(match[1], "")
    elif len(first) and first[0].tag == "strong" and not (first.text or "").strip():
        label = _LABEL.match(words_of(first[0]))
        if not label or len(first[0]):
            return None
        note = _note(label[1], "")
        first.text = (first[0].tail or "").lstrip(" :\n")
        first.remove(first[0])
    else:
        return None
    if not len(first) and not (first.text or "").strip():
        element.remove(first)
    note.extend(element)
    return note
