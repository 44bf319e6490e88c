"""What a section needs from elsewhere in its guide to be read alone: footnotes, and the addresses of links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from network.core.text.blocks import FENCE
from network.library.suggestions.passages import Passage

_DEFINED = re.compile(r"\A {0,3}\[([^\]]+)\]:[ \t]*\S")
_NAMED = re.compile(r"\[([^\[\]]+)\]")


def with_definitions(typed: str, section: Passage) -> str:
    """The section's text followed by what the rest of the guide defines and it, or such a definition, names."""
    known = {_key(name) for name, _ in _definitions(typed)}
    elsewhere = {
        _key(name): text
        for part in (section.before, section.after)
        for name, text in _definitions(part)
        if _key(name) not in known
    }
    found: dict[str, str] = {}
    wanted = [typed]
    while wanted:
        for name in map(_key, _NAMED.findall(wanted.pop())):
            if name in elsewhere and name not in found:
                found[name] = elsewhere[name]
                wanted.append(elsewhere[name])
    # In the order of the guide, which is that of the notes under it.
    return "\n\n".join([typed.rstrip("\n"), *(text for name, text in elsewhere.items() if name in found)])


def _definitions(body: str) -> Iterator[tuple[str, str]]:
    """Each with its name, up to the next empty line and with what is indented after it; none inside code."""
    lines, at, fence = body.splitlines(), 0, ""
    while at < len(lines):
        line = lines[at]
        at += 1
        words = line.strip()
        if fence:
            fence = "" if words and set(words) == {fence[0]} and len(words) >= len(fence) else fence
        elif opened := FENCE.match(words):
            fence = opened[1]
        elif match := _DEFINED.match(line):
            begun = at - 1
            while at < len(lines) and _goes_on(lines, at):
                at += 1
            yield match[1], "\n".join(lines[begun:at]).rstrip()


def _goes_on(lines: list[str], at: int) -> bool:
    line = lines[at]
    if _DEFINED.match(line):
        return False
    if not line.strip():
        return any(lines[at + 1 : at + 2]) and lines[at + 1].startswith("    ")
    return line.startswith("    ") or (bool(lines[at - 1].strip()) and not line.startswith("#"))


def _key(name: str) -> str:
    return " ".join(name.split()).lower()
