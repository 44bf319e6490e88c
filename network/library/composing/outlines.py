"""An outline for each kind, to be put into an empty text: headings that a reader of that kind looks for."""

from __future__ import annotations

from collections.abc import Mapping

_HEADINGS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "guide": (
        ("What this is for", "Who it helps, and what they can do afterwards."),
        ("Before you start", "What you need: people, agreement, data, time."),
        ("What to do", "The steps, in order."),
        ("What it costs", "Money and days of work, roughly."),
        ("What to look out for", "What went wrong for us, and what we would do differently."),
        ("Who to ask", "A team or a role, and how to reach it."),
    ),
    "case-study": (
        ("The problem", "What was not working, and for whom."),
        ("Where we started", "Our organisation, the service, the limits we had."),
        ("What we did", "The steps, in order, and who took part."),
        ("What it cost", "Money and days of work, roughly."),
        ("What came of it", "What changed, and how we know."),
        ("What we would do differently", "What we would leave out, or begin earlier."),
        ("Contact", "A team or a role, and how to reach it."),
    ),
    "template": (
        ("When to use this", "What it is for, and what it is not for."),
        ("How to fill it in", "What each part asks for."),
        ("The template", "The text or table to copy."),
        ("An example", "One that was filled in, without names."),
    ),
    "research-report": (
        ("In short", "The findings in three sentences."),
        ("What we asked", "The question, and why it mattered."),
        ("How we found out", "Method, how many people, when, and what we could not reach."),
        ("What we found", "Findings, the strongest first."),
        ("What it means", "What we changed, or would change."),
        ("Limits", "What this does not show."),
        ("Contact", "A team or a role, and how to reach it."),
    ),
    "policy": (
        ("What this policy says", "The rules in a few sentences."),
        ("Who it is for", "Whom it binds, and from when."),
        ("Why we have it", "The law, the risk or the promise behind it."),
        ("What to do", "Each rule, with who does what."),
        ("Exceptions", "Who can allow one, and how to ask."),
        ("Review", "Who looks at it again, and when."),
    ),
    "code-or-tool": (
        ("What it does", "What goes in, and what comes out."),
        ("Where to get it", "The address, the licence, and who keeps it up."),
        ("What you need", "Machines, accounts, skills."),
        ("How to set it up", "The steps, with commands that can be copied."),
        ("What it costs to run", "Money and days of work, roughly."),
        ("Known limits", "What it cannot do yet."),
    ),
}


def outline(kind: str) -> str:
    """Markdown for an empty text of this kind; that of a guide for a kind that is not known."""
    parts = _HEADINGS.get(kind, _HEADINGS["guide"])
    return "\n".join(f"## {heading}\n\n{hint}\n" for heading, hint in parts)


def untouched(text: str) -> list[str]:
    """Headings of an outline whose sentence still stands below them as it was put there."""
    lines = {line.strip() for line in text.splitlines()}
    found = [heading for parts in _HEADINGS.values() for heading, hint in parts if hint in lines]
    return [heading for heading in dict.fromkeys(found) if f"## {heading}" in lines]


def without_untouched(text: str) -> str:
    """The text as its writer wrote it: no part of an outline that still stands as it was put there."""
    for parts in _HEADINGS.values():
        for heading, hint in parts:
            text = text.replace(f"## {heading}\n\n{hint}", "")
    return text
