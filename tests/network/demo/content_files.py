"""Reads the demo network's files as they are, for the tests beside this module."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import frontmatter
import yaml

from network.vocabulary.starting import starting_topics

CONTENT = Path(__file__).parents[3] / "network" / "demo" / "content"

KINDS = {"guide", "case-study", "template", "research-report", "policy", "code-or-tool"}
FENCE = re.compile(r"^ *```.*?^ *```$", re.M | re.S)


@dataclass(frozen=True)
class Guide:
    """One file of the library: its slug, front matter and Markdown body."""

    slug: str
    meta: dict[str, Any]
    body: str

    @property
    def is_closed(self) -> bool:
        """Whether the guide belongs to a closed group, so that only its members may know of it."""
        return self.meta["group"] in closed_groups()


def records(name: str) -> list[dict[str, Any]]:
    """The list that a YAML file of the demo holds."""
    loaded: list[dict[str, Any]] = yaml.safe_load((CONTENT / name).read_text(encoding="utf-8"))
    return loaded


@cache
def handles() -> frozenset[str]:
    return frozenset(person["handle"] for person in records("people.yaml"))


@cache
def organisation_slugs() -> frozenset[str]:
    return frozenset(organisation["slug"] for organisation in records("organisations.yaml"))


@cache
def topic_slugs() -> frozenset[str]:
    return frozenset(t["slug"] for parent in starting_topics() for t in [parent, *parent["children"]])


@cache
def groups() -> dict[str, dict[str, Any]]:
    return {group["slug"]: group for group in records("groups.yaml")}


@cache
def closed_groups() -> frozenset[str]:
    return frozenset(slug for slug, group in groups().items() if group["openness"] == "closed")


@cache
def guides() -> dict[str, Guide]:
    found = {}
    for path in sorted((CONTENT / "guides").glob("*.md")):
        post = frontmatter.load(str(path), encoding="utf-8")
        found[path.stem] = Guide(path.stem, dict(post.metadata), post.content)
    return found


@cache
def discussions() -> list[tuple[str, dict[str, Any]]]:
    files = sorted((CONTENT / "discussions").glob("*.yaml"))
    return [(path.stem, item) for path in files for item in records(f"discussions/{path.name}")]


def members_of(slug: str) -> set[str]:
    return {*groups()[slug]["facilitators"], *groups()[slug]["members"]}


def texts_that_everyone_reads() -> list[str]:
    open_guides = [f"{g.meta} {g.body}" for g in guides().values() if not g.is_closed]
    open_threads = [str(item) for group, item in discussions() if group not in closed_groups()]
    return [*open_guides, *open_threads, *(str(group) for group in groups().values())]
