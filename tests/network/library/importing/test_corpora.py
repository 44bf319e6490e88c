"""Real archives of published guidance, where they lie beside the project: they come in whole and read like pages."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from network.core.text.markdown import render
from network.library.importing.addresses import resolve_links
from network.library.importing.documents import Reading
from network.library.importing.read import read
from tests.support.corpora import ABSENT, ARCHIVES, name_of
from tests.support.markup import forbidden

pytestmark = pytest.mark.skipif(not ARCHIVES, reason=ABSENT)

LEFT_OVER = re.compile(
    r"\{%|\{\{|\{:|\{#|\ue000|<p>\||&lt;!--|(?:guide|picture):docs"
    r"|&lt;/?(?:div|p|br|a|img|table|td|tr|ul|li|h\d|span|section|strong|em|b|i|sup|figure|details)\b"
)


@lru_cache
def reading_of(archive: Path) -> Reading:
    return read(archive)


@pytest.mark.parametrize("archive", ARCHIVES, ids=name_of)
def test_every_file_comes_in_or_is_named(archive: Path) -> None:
    reading = reading_of(archive)
    reasons = Counter(refusal.reason for refusal in reading.skipped)
    assert set(reasons) <= {
        "it tells about the source and is no guide",
        "it has no text",
        "it holds nothing but template tags; its site fills this page by program",
    }
    assert len(reading.documents) >= 34
    assert sum(reasons.values()) <= 8
    assert reading.source.address.startswith("https://")
    assert reading.source.licence in {"OGL-UK-2.0", "OGL-Canada-2.0", "CC0-1.0"}


@pytest.mark.parametrize("archive", ARCHIVES, ids=name_of)
def test_pages_have_nothing_left_over_from_their_site(archive: Path) -> None:
    reading = reading_of(archive)
    guides = {document.path: "/library/x" for document in reading.documents}
    for document in reading.documents:
        rendered = render(resolve_links(document.body_markdown, guides))
        assert not rendered.failed, document.path
        outside_code = re.sub(r"<pre.*?</pre>|<code>.*?</code>", "", rendered.html, flags=re.DOTALL)
        assert LEFT_OVER.search(outside_code) is None, document.path
        assert forbidden(rendered.html) == [], document.path
        assert document.title


@pytest.mark.parametrize("archive", ARCHIVES, ids=name_of)
def test_links_between_guides_lead_to_headings_that_exist(archive: Path) -> None:
    reading = reading_of(archive)
    places = {
        document.path: {heading.id for heading in render(document.body_markdown).headings}
        for document in reading.documents
    }
    tokens = [
        match
        for document in reading.documents
        for match in re.findall(r"\]\(guide:([^)#]+)#([^)]+)\)", document.body_markdown)
    ]
    missing = [(path, place) for path, place in tokens if path in places and f"h-{place}" not in places[path]]
    assert missing == []


def test_french_pages_are_french() -> None:
    languages = Counter(
        document.language
        for archive in ARCHIVES
        for document in reading_of(archive).documents
        if "/fr/" in document.path
    )
    assert set(languages) <= {"fr"}
