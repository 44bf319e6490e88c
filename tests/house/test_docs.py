"""The documentation names what the code has, and nothing that it has not."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from flask import Flask

from network.core.events import Event

DOCS = Path("docs")
NOT_OURS = {"db", "run", "shell", "routes", "limiter"}


def commands(group: click.Group, prefix: str = "") -> set[str]:
    """Full names of all commands below a group, with the options of each."""
    found: set[str] = set()
    for name, command in group.commands.items():
        if not prefix and name in NOT_OURS:
            continue
        full = f"{prefix} {name}".strip()
        found |= commands(command, full) if isinstance(command, click.Group) else {full}
    return found


def test_every_command_is_documented_and_nothing_else(app: Flask) -> None:
    page = (DOCS / "commands.md").read_text()
    documented = {
        re.sub(r" (?:[A-Z]+|--as EMAIL)(?= |$)", "", name).strip()
        for name in re.findall(r"^\| `flask ([^`]+)`", page, re.M)
    }
    assert documented - {"db upgrade"} == commands(app.cli)


def test_every_option_is_documented(app: Flask) -> None:
    page = (DOCS / "commands.md").read_text()
    for name in commands(app.cli):
        command: click.Command = app.cli
        for part in name.split():
            command = command.commands[part]  # type: ignore[attr-defined]
        row = next(line for line in page.splitlines() if line.startswith(f"| `flask {name}"))
        options = [p for p in command.params if isinstance(p, click.Option)]
        for option in (o for p in options for o in (*p.opts, *p.secondary_opts) if o != "--help"):
            assert option in row, f"{option} of flask {name}"


def _events(of: type[Event]) -> set[str]:
    found: set[str] = set()
    for kind in of.__subclasses__():
        found |= _events(kind)
        if isinstance(getattr(kind, "name", None), str):
            found.add(kind.name)
    return found


@pytest.mark.usefixtures("app")
def test_every_event_is_documented_and_nothing_else() -> None:
    documented = set(re.findall(r"^\| `([a-z_.]+)`", (DOCS / "events.md").read_text(), re.M))
    assert documented == _events(Event)


def test_the_readme_names_only_targets_that_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", Path("Makefile").read_text(), re.M))
    named = set(re.findall(r"`make ([a-z]+)`|^    make ([a-z]+)", Path("README.md").read_text(), re.M))
    assert named
    assert {a or b for a, b in named} <= targets


def test_links_between_documents_lead_somewhere() -> None:
    for page in [Path("README.md"), Path("CONTRIBUTING.md"), *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:|/)([^)#\s]+)", page.read_text()):
            if "`" not in target:
                assert (page.parent / target).exists(), f"{page} leads to {target}"
