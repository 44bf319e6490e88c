"""What is measured: the pages, for a visitor and for a member, and how much they may cost."""

from __future__ import annotations

from dataclasses import dataclass

SEARCHES = (
    "data sharing agreement",
    "council",
    "planning open data",
    "missed bins form",
    "laptop",
    "staff who have no computer",
)
FEW_DOCUMENTS = 2_100


@dataclass(frozen=True)
class Budget:
    """A page's addresses, how many times the one-query page it may cost (None: no ratio), and a ceiling in CPU ms."""

    name: str
    addresses: tuple[str, ...]
    times: float | None
    most_ms: float
    requests: int = 600


def budgets(*, signed_in: bool, threads: tuple[str, ...], documents: int) -> list[Budget]:
    """The pages. A member's may cost three times the one-query page, a visitor's twice."""
    times = 3.0 if signed_in else 2.0
    guides = tuple(f"/library/guide-{n}" for n in range(1, 60, 3))
    profiles = tuple(f"/people/person-{n}" for n in range(1, 60, 3))
    groups = tuple(f"/groups/group-{n}" for n in range(1, 16))
    filtered = ("/library?kind=template", "/library?topic=topic-3", "/library?kind=policy&topic=topic-5")
    return [
        Budget("home", ("/",), times, 10),
        Budget("guide", guides, times, 10),
        Budget("thread of 30 posts", threads, times, 10),
        Budget("group", groups, times, 10),
        Budget("library", ("/library", "/library?page=7"), times, 10),
        Budget("profile", profiles, times, 10),
        Budget("library, filtered", filtered, None, 15, 300),
        search(documents),
    ]


def search(documents: int) -> Budget:
    """The search page, by how many documents there are to look through."""
    addresses = tuple("/search?q=" + text.replace(" ", "+") for text in SEARCHES)
    most_ms = 30 if documents <= FEW_DOCUMENTS else 60
    return Budget(f"search, {documents:,} documents", addresses, None, most_ms, 200)
