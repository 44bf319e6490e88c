"""Taking along: a pack for paper, its code years later, and one's own guides as an archive."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from network.library.importing.own import open_own
from tests.journeys.conftest import Visit
from tests.journeys.page_kinds import WRITER

CODE = re.compile(r"(?<![\w-])[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2,4}(?![\w-])")  # And no part of a UUID.


def test_a_visitor_makes_a_pack_and_asks_whether_the_paper_is_current(
    visit: Visit, scripts: bool, tmp_path: Path
) -> None:
    page = visit(scripts=scripts)
    page.goto("/library/moving-a-planning-register-to-open-data")
    page.get_by_role("link", name="Add to a pack for paper").click()
    page.get_by_label("Find guides").fill("addresses")
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Matching addresses to UPRNs").check()
    page.get_by_label("Title on the first page").fill("Open data in a week")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Make the pack").click()
    file = tmp_path / "pack.html"
    waiting.value.save_as(file)
    text = file.read_text()
    assert "<h1>Open data in a week</h1>" in text
    codes = list(dict.fromkeys(CODE.findall(text)))
    assert len(codes) == 2
    page.goto("/c")
    page.get_by_label("Code on the paper").fill(codes[0].lower().replace("-", " "))
    page.get_by_role("button", name="Check this code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your paper is current")


@pytest.mark.parametrize("scripts", [False], ids=["no-script"], indirect=True)
def test_a_member_takes_their_guides_along(visit: Visit, scripts: bool, tmp_path: Path) -> None:
    page = visit(WRITER, scripts=scripts)
    page.goto("/library")
    page.get_by_role("link", name="Download the library").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download what I wrote").click()
    file = tmp_path / "mine.zip"
    waiting.value.save_as(file)
    assert zipfile.ZipFile(file).testzip() is None
    archive = open_own(file)
    assert archive is not None
    assert archive.guide(archive.entries[0]).title
