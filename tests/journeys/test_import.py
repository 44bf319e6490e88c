"""Import: Word and Markdown files are uploaded, looked through, and become drafts of whoever uploaded them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.network.library.incoming.conftest import packed, word_file


def _sent(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def test_files_become_drafts_that_only_their_importer_sees(visit: Visit, scripts: bool, tmp_path: Path) -> None:
    word = "gatherings" if scripts else "meetings"
    whole = word_file(f"Fewer {word}", paragraphs=30)
    cut = word_file(f"Shorter {word}", pictures=0, paragraphs=300)
    begin = cut.index(b"word/document.xml")
    files: list[Any] = [
        _sent(tmp_path, "fewer.docx", whole),
        _sent(tmp_path, "shorter.docx", cut[: begin + 1500]),
        _sent(tmp_path, "old.doc", b"\xd0\xcf\x11\xe0"),
        _sent(tmp_path, "site.zip", packed({"a.md": b"# Alone\n\nOne text.\n", "b.md": b"# Together\n\nMore text.\n"})),
    ]
    page = visit("tom-adeyemi" if scripts else "callum-fraser", scripts=scripts)
    page.goto("/share")
    page.get_by_role("link", name="Import what you have written already").click()
    page.get_by_label("Files").set_input_files(files)
    page.get_by_role("button", name="Upload and look").click()
    # The page asks for itself again until the worker has read the files.
    expect(page.get_by_role("heading", level=1)).to_have_text("Look through your import", timeout=20_000)
    expect(page.get_by_role("cell", name="New", exact=True)).to_have_count(4)
    expect(page.get_by_text("The file is damaged. What could not be read: the text after")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="old.doc")).to_be_visible()
    page.get_by_label("Together").uncheck()
    page.get_by_role("button", name="Bring in as drafts").click()
    expect(page.get_by_role("link", name="Choose who wrote this")).to_be_visible()
    expect(page.get_by_label("Together")).not_to_be_checked()
    page.get_by_label("I did, or my organisation").check()
    page.get_by_role("button", name="Bring in as drafts").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 drafts came in", timeout=20_000)
    expect(page.get_by_role("listitem").filter(has_text="site/b.md")).to_contain_text("you left it out")
    page.get_by_role("link", name=f"Fewer {word}").click()
    expect(page.locator("textarea[name=body]")).to_have_value(re.compile("Step 29: ask the crew"))
    draft = page.url
    other = visit("priya-raman", scripts=scripts)
    answer = other.goto(draft)
    assert answer is not None
    assert answer.status == 404


def test_files_that_are_too_large_are_named_before_they_are_sent(visit: Visit, tmp_path: Path) -> None:
    for name, megabytes in (("large.docx", 51), ("large.pdf", 11)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(megabytes * 1024 * 1024)
    page = visit("owen-pritchard")
    sent: list[str] = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    places = (
        ("/library/import", "Files", "large.docx", "Upload and look", "must be 50 MB or smaller together"),
        ("/library/new", "Picture", "large.pdf", "Save draft", "must be smaller than 10 MB"),
    )
    for address, label, name, button, words in places:
        page.goto(address)
        field = page.get_by_label(label, exact=True)
        field.set_input_files(tmp_path / name)
        said = page.get_by_role("main").locator(".govuk-error-message", has_text=words)
        expect(said).to_have_count(1)
        page.get_by_role("button", name=button).click()
        expect(said).to_be_visible()
        expect(field).to_be_focused()
        assert sent == []
        field.set_input_files(_sent(tmp_path, "small.md", b"# Small"))
        expect(said).to_have_count(0)
