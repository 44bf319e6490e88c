"""The guides of the demo network keep the limits, lead somewhere and are worth reading.

They show a newcomer what a good guide looks like, so a dead link, a picture without words or a text of three
lines would teach the wrong thing.
"""

from __future__ import annotations

import re

import pytest

from tests.network.demo.content_files import (
    CONTENT,
    FENCE,
    KINDS,
    Guide,
    groups,
    guides,
    handles,
    members_of,
    organisation_slugs,
    texts_that_everyone_reads,
    topic_slugs,
)

LICENCES = {"OGL-UK-3.0", "CC-BY-4.0", "CC0-1.0"}
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
LIBRARY_LINK = re.compile(r"\]\(/library/([^)#]+)\)")
GUIDES = [pytest.param(guide, id=slug) for slug, guide in guides().items()]


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_keeps_within_the_limits(guide: Guide) -> None:
    meta = guide.meta
    assert 0 < len(meta["title"]) <= 150
    assert 0 < len(meta["summary"]) <= 300
    assert len(guide.slug) <= 80
    assert meta["kind"] in KINDS
    assert meta["licence"] in LICENCES
    assert 1 <= len(meta["topics"]) <= 5
    assert set(meta["topics"]) <= topic_slugs()
    assert len(meta["tags"]) <= 10
    assert len(guide.body.encode()) <= 256 * 1024


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_names_existing_people_and_owners(guide: Guide) -> None:
    meta = guide.meta
    named = [
        meta["by"],
        *meta["co_authors"],
        *(v["by"] for v in meta["versions"]),
        *(comment["by"] for comment in meta["comments"]),
    ]
    assert set(named) <= handles()
    assert meta["by"] not in meta["co_authors"]
    assert meta["group"] is None or meta["group"] in groups()
    match meta["owner"]:
        case {"group": slug}:
            assert slug in groups()
        case {"organisation": slug}:
            assert slug in organisation_slugs()
        case handle:
            assert handle in handles()
    if guide.is_closed:
        assert set(named) <= members_of(meta["group"])


@pytest.mark.parametrize("guide", GUIDES)
def test_the_versions_of_a_guide_grow_into_its_body(guide: Guide) -> None:
    versions = guide.meta["versions"]
    days = [version["days_ago"] for version in versions]
    headings = set(re.findall(r"^## .+$", FENCE.sub("", guide.body), re.M))
    assert days == sorted(days, reverse=True)
    assert len(set(days)) == len(days)
    assert "without" not in versions[-1]
    assert all(set(version.get("without", [])) < headings for version in versions)
    assert all(version["note"] for version in versions)


@pytest.mark.parametrize("guide", GUIDES)
def test_the_dates_of_a_guide_agree_with_its_state(guide: Guide) -> None:
    meta = guide.meta
    published, checked = meta["published_days_ago"], meta["checked_days_ago"]
    if meta["state"] == "draft":
        assert published is None
        assert checked is None
        assert not meta["comments"]
        return
    assert published <= meta["versions"][0]["days_ago"]
    assert checked is None or checked <= published
    assert all(comment["days_ago"] <= published for comment in meta["comments"])
    if meta["state"] == "withdrawn":
        assert meta["reason"]
        assert 0 <= meta["withdrawn_days_ago"] <= published
    if meta["group"]:
        assert published <= groups()[meta["group"]]["started"]


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_is_worth_reading(guide: Guide) -> None:
    assert len(re.findall(r"\w+", FENCE.sub("", guide.body))) >= 400
    assert len(re.findall(r"^## ", guide.body, re.M)) >= 4
    assert not re.search(r"^# ", FENCE.sub("", guide.body), re.M), "the title is the only first-level heading"


@pytest.mark.parametrize("guide", GUIDES)
def test_pictures_exist_and_say_what_they_show(guide: Guide) -> None:
    for text, target in PICTURE.findall(FENCE.sub("", guide.body)):
        assert len(text) >= 40, "a description says what the picture tells"
        assert (CONTENT / target).is_file()


def test_every_picture_is_light_and_used() -> None:
    stored = {f"pictures/{path.name}": path.stat().st_size for path in (CONTENT / "pictures").iterdir()}
    used = {target for guide in guides().values() for _, target in PICTURE.findall(guide.body)}
    assert set(stored) == used
    assert all(size <= 60 * 1024 for size in stored.values())


BROKEN_ON_PURPOSE = {"repairing-a-list-of-street-names"}  # The report of broken links has something to show.


def test_links_lead_to_guides_that_everyone_can_open() -> None:
    closed = {slug for slug, guide in guides().items() if guide.is_closed}
    readable = {slug for slug, guide in guides().items() if guide.meta["state"] == "published"} - closed
    for text in texts_that_everyone_reads():
        assert set(LIBRARY_LINK.findall(text)) - BROKEN_ON_PURPOSE <= readable
    for guide in guides().values():
        successor = guide.meta["superseded_by"]
        assert successor is None or (successor in readable and successor != guide.slug)


def test_nothing_public_mentions_the_closed_guide() -> None:
    closed = [guide for guide in guides().values() if guide.is_closed]
    for text in texts_that_everyone_reads():
        assert not [g.slug for g in closed if g.slug in text or g.meta["title"] in text]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_column_of_a_table_has_a_heading(guide: Guide) -> None:
    headers = re.findall(r"^ *\|(.*)\| *\n *\|(?: *:?-+:? *\|)+ *$", FENCE.sub("", guide.body), re.M)
    assert all(cell.strip() for header in headers for cell in header.split("|"))
