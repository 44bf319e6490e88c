"""Reading the demo network's content. Times in it are days before now, so that the network never looks old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import frontmatter
import yaml

from network.core.clock import now

CONTENT = Path(__file__).parent / "content"
WORKING_MINUTE = 11 * 60


def rows(name: str) -> list[dict[str, Any]]:
    """A list of things, such as `people`."""
    found: list[dict[str, Any]] = yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def discussions() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The slug of each group and its threads, oldest thread first."""
    for path in sorted((CONTENT / "discussions").glob("*.yaml")):
        threads = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield path.stem, sorted(threads, key=lambda thread: -thread["days_ago"])


def guides() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Slug, front matter and Markdown of each guide."""
    for path in sorted((CONTENT / "guides").glob("*.md")):
        read = frontmatter.loads(path.read_text(encoding="utf-8"))
        yield path.stem, read.metadata, read.content


def picture(name: str) -> bytes:
    """One of our own drawings."""
    return (CONTENT / "pictures" / Path(name).name).read_bytes()


def ago(days: float) -> datetime:
    """That many days before now; whole days fall into working hours, each a little differently."""
    moment = now() - timedelta(days=days)
    if days != int(days) or days < 1:
        return moment
    minute = WORKING_MINUTE + int(days * 37) % 300
    return moment.replace(hour=minute // 60 % 24, minute=minute % 60, second=0, microsecond=0)
