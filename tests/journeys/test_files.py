"""A file comes to a guide, is found by its words, replaced and taken away; and one that is too large loses nothing."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.site import Site, wait_for
from tests.support.office import pdf, word


def test_a_file_of_a_guide(visit: Visit, site: Site, scripts: bool, tmp_path: Path) -> None:
    what = "Theodolite" if scripts else "Clinometer"
    (tmp_path / f"{what} hire.docx").write_bytes(word(f"Sign for the {what} here"))
    (tmp_path / "newer.pdf").write_bytes(pdf(f"Sign twice for the {what} here"))
    (tmp_path / "large.pdf").write_bytes(b"%PDF-1.7\n" + bytes(11 * 1024 * 1024))
    page = visit("owen-pritchard", scripts=scripts)
    guide = "/library/moving-a-planning-register-to-open-data"
    page.goto(guide)
    page.get_by_role("link", name="Add or change files").first.click()
    page.get_by_role("link", name="Add a file").click()
    page.get_by_label("What it is for").fill("Sign it before you take it along")
    page.get_by_label("File", exact=True).set_input_files(tmp_path / "large.pdf")
    page.get_by_role("main").get_by_role("button", name="Add file").click()
    expect(page.get_by_text("The selected file must be smaller than 10 MB").first).to_be_visible()
    expect(page.get_by_label("What it is for")).to_have_value("Sign it before you take it along")
    page.wait_for_timeout(1100)  # The button takes no second press within a second.
    page.get_by_label("File", exact=True).set_input_files(tmp_path / f"{what} hire.docx")
    page.get_by_role("main").get_by_role("button", name="Add file").click()
    expect(page.get_by_role("heading", name=f"{what} hire")).to_be_visible()

    reader = visit(scripts=scripts)

    def found() -> bool:
        reader.goto(f"/search?q={what}")
        return reader.get_by_role("link", name=f"the file {what} hire").count() > 0

    wait_for(found, "the file in the results")
    with reader.expect_download() as download:
        reader.get_by_role("link", name=f"the file {what} hire").click()
    assert download.value.suggested_filename == f"{what} hire.docx"
    reader.goto(guide)
    expect(reader.get_by_role("link", name=re.compile(rf"{what} hire \(Word document, \d+ bytes\)"))).to_be_visible()

    page.get_by_role("link", name=f"Add a newer version of {what} hire").click()
    page.get_by_label("File", exact=True).set_input_files(tmp_path / "newer.pdf")
    page.get_by_role("button", name="Add this version").click()
    page.get_by_label("It may become another kind of file").check()
    page.get_by_label("File", exact=True).set_input_files(tmp_path / "newer.pdf")
    page.get_by_role("button", name="Add this version").click()
    expect(page.get_by_role("link", name=re.compile(r"Version 2 \(PDF")).first).to_be_visible()
    page.get_by_role("link", name=f"Remove {what} hire").click()
    page.get_by_role("button", name="Remove this file").click()
    expect(page.get_by_text(f"“{what} hire” is removed")).to_be_visible()
    reader.goto(guide)
    expect(reader.get_by_role("link", name=re.compile(f"{what} hire"))).to_have_count(0)
