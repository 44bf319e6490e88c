"""An import as a whole: what comes in, what is skipped, and how the files find each other."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Inches
from PIL import Image

from network.core.text.markdown import render
from network.library.importing.addresses import resolve_links
from network.library.importing.archives import CannotRead
from network.library.importing.documents import ImportedDocument, Limits, Reading
from network.library.importing.read import read
from tests.network.library.importing.test_archives import zipped

PNG = b"\x89PNG picture"


def read_files(**files: str | bytes) -> Reading:
    """Reads files given as name=content; two underscores in a name are a slash, one before the ending a dot."""
    packed = {}
    for name, content in files.items():
        stem, _, ending = name.replace("__", "/").rpartition("_")
        packed[f"{stem}.{ending}"] = content.encode() if isinstance(content, str) else content
    return read(zipped(packed), name="x.zip")


def only(reading: Reading) -> ImportedDocument:
    assert len(reading.documents) == 1, reading
    return reading.documents[0]


def reasons(reading: Reading) -> dict[str, str]:
    return {refusal.path: refusal.reason for refusal in reading.skipped}


def test_front_matter_gives_the_facts() -> None:
    facts = "title: A title\nsummary: In short.\ntags: [One, two]\nlang: fr-CA\ntype: case study\ndate: 2025-02-03"
    document = only(read_files(a_md=f"---\n{facts}\n---\nBody."))
    assert (document.title, document.summary, document.body_markdown) == ("A title", "In short.", "Body.\n")
    assert (document.tags, document.language, document.kind) == (("one", "two"), "fr", "case-study")
    assert document.updated == "2025-02-03"


@pytest.mark.parametrize(
    ("facts", "licence"),
    [
        ("licence: OGL-UK-3.0", ("OGL-UK-3.0", "", "")),
        ("license: ogl-uk-3.0", ("OGL-UK-3.0", "", "")),
        ("license: Open Government Licence v2.0", ("OGL-UK-2.0", "", "")),
        ("licence: http://creativecommons.org/publicdomain/zero/1.0", ("CC0-1.0", "", "")),
        ("licence: {id: CC0-1.0, name: CC0 1.0}", ("CC0-1.0", "", "")),
        ("licence: '[Ours](https://x.example/ours)'", ("", "Ours", "https://x.example/ours")),
        ("license: Ours\nlicense_url: https://x.example/ours", ("", "Ours", "https://x.example/ours")),
        ("licence: Ours\nlicence_link: javascript:x", ("", "Ours", "")),
        (
            "licence: Open Government Licence British Columbia 2.0",
            ("", "Open Government Licence British Columbia 2.0", ""),
        ),
        ("license: [MIT, CC-BY-4.0]", ("", "MIT and CC-BY-4.0", "")),
        ("licence: true", ("", "", "")),
        ("title: x", ("", "", "")),
    ],
)
def test_a_licence_is_taken_at_its_word_and_never_guessed(facts: str, licence: tuple[str, str, str]) -> None:
    document = only(read_files(a_md=f"---\n{facts}\n---\nBody."))
    assert tuple(document.licence) == licence
    unknown = f"The licence “{licence[1]}” is not one we know: choose one before you publish."
    assert document.remarks == ((unknown,) if licence[1] and not licence[2] else ())


def test_topics_are_taken_as_they_are_said_and_both_change_the_hash() -> None:
    listed = only(read_files(a_md="---\ntopics: [Open data, {slug: waste, name: Waste}, Open data]\n---\nBody."))
    assert listed.topics == ("Open data", "waste")
    assert only(read_files(a_md="---\ntopics: Open data, waste\n---\nBody.")).topics == ("Open data", "waste")
    plain, licensed = only(read_files(a_md="Body.")), only(read_files(a_md="---\nlicence: CC0-1.0\n---\nBody."))
    assert len({plain.content_hash, licensed.content_hash, listed.content_hash}) == 3


def test_without_front_matter_the_first_heading_is_the_title() -> None:
    document = only(read_files(a_md="# What to *do*\n\n- List\n"))
    assert (document.title, document.body_markdown) == ("What to do", "- List\n")


def test_a_heading_that_repeats_the_title_goes() -> None:
    assert only(read_files(a_md="---\ntitle: Same title\n---\n\n# Same title\n\n- x\n")).body_markdown == "- x\n"


@pytest.mark.parametrize(
    "text",
    ["---\ntitle: Set up <em>before</em> &amp; after\n---\nText.", "# Set up <em>before</em> &amp; after\n\nText."],
)
def test_a_title_is_words_without_markup(text: str) -> None:
    assert only(read_files(a_md=text)).title == "Set up before & after"


def test_without_any_heading_the_file_name_is_the_title() -> None:
    assert only(read_files(how_we_work_md="- x")).title == "How we work"


def test_a_short_plain_first_paragraph_becomes_the_summary_once() -> None:
    document = only(read_files(a_md="# T\n\nThis is what it is about.\n\nMore.\n"))
    assert document.summary == "This is what it is about."
    assert document.body_markdown == "More.\n"


def test_a_first_paragraph_with_links_stays_whole() -> None:
    document = only(read_files(a_md="# T\n\nThis is what [it](https://x.example) is about. More.\n\nMore.\n"))
    assert document.summary == "This is what it is about. More."
    assert "https://x.example" in document.body_markdown


def test_a_first_paragraph_that_announces_a_list_stays_with_it() -> None:
    document = only(read_files(a_md="# T\n\nThese things are needed first:\n\n- a\n"))
    assert document.body_markdown.startswith("These things are needed first:\n\n- a")


@pytest.mark.parametrize("front", ["title: [unclosed\nb: {", "r: &r [*r]\ntitle: *r", f"title: 0x{'f' * 5000}"])
def test_broken_front_matter_is_a_remark(front: str) -> None:
    document = only(read_files(a_md=f"---\n{front}\n---\n\n# Heading\n\nSome words here now.\n"))
    assert document.title == "Heading"
    assert "front matter could not be read" in document.remarks[0]


def test_foreign_status_is_ignored() -> None:
    assert only(read_files(a_md="---\ntitle: T\nstatus: draft\n---\nWords of it.")).remarks == ()


def test_readme_licence_and_source_are_no_guides() -> None:
    reading = read_files(README_md="# R", LICENCE_txt="L", SOURCE_md="- Name: Us", license_md="L", a_md="# A\n\n- b")
    assert [document.path for document in reading.documents] == ["a.md"]
    assert set(reasons(reading)) == {"README.md", "LICENCE.txt", "SOURCE.md", "license.md"}
    assert reading.source.name == "Us"


def test_nothing_is_left_out_silently() -> None:
    reading = read_files(
        a_md="# A\n\n- b", b_xyz="?", c_md="", d_md="{% include x.html %}", e_png=PNG, f_md=b"\xff\xfe\x00\xd8"
    )
    assert set(reasons(reading)) == {"b.xyz", "c.md", "d.md", "e.png", "f.md"}
    assert "template tags" in reasons(reading)["d.md"]
    assert "encoding" in reasons(reading)["f.md"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_texts_in_unicode_are_read(encoding: str) -> None:
    assert only(read_files(a_md="# Tŷ\n\n- ŵ".encode(encoding))).title == "Tŷ"


def test_latin_1_is_refused_rather_than_guessed() -> None:
    assert "encoding" in reasons(read_files(a_md="caf\xe9 au lait".encode("latin-1")))["a.md"]


def test_html_may_declare_its_encoding() -> None:
    head = '<html lang="fr"><head><meta charset="windows-1252"><title>T</title></head>'
    page = f"{head}<body><p>Café au lait</p></body></html>"
    document = only(read_files(a_html=page.encode("windows-1252")))
    assert (document.language, document.body_markdown.strip() or document.summary) == ("fr", "Café au lait")


def test_html_gives_its_content_without_what_is_around_it() -> None:
    page = (
        "<html><head><title>Site</title></head><body><nav><a href='/'>Home</a></nav><main><h1>Guide</h1>"
        "<ul><li>One <b>bold</b></li></ul>"
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1<br>2</td><td>3|4</td></tr></table>"
        "<script>alert(1)</script></main><footer>Foot</footer></body></html>"
    )
    document = only(read_files(a_html=page))
    assert document.title == "Guide"
    assert "- One **bold**" in document.body_markdown
    assert "| A | B |\n| --- | --- |\n| 1, 2 | 3\\|4 |" in document.body_markdown
    assert not any(word in document.body_markdown for word in ("Home", "Foot", "alert", "Site"))


def test_signs_in_html_text_do_not_become_markup() -> None:
    document = only(
        read_files(a_html="<h1>T</h1><p>2 * 3 * 4 and [x] and `y` and snake_case_word</p><p># no heading</p>")
    )
    text = render(document.body_markdown).text
    assert "2 * 3 * 4 and [x] and `y` and snake_case_word" in text
    assert "# no heading" in text


def test_links_between_files_become_links_between_guides() -> None:
    reading = read_files(
        docs__index_md="# Home\n\n- [a](/site/agile/first.html#the-part)\n- [b](agile/first.md)\n- [c](/site/agile)\n",
        docs__agile__index_md="# Agile\n\n- [d](first) [e](../) [f](/gone) [g](https://x.example/) [h](#nowhere)\n",
        docs__agile__first_md="---\npermalink: /old/\n---\n# First\n\n## The part\n\n"
        "- [i](#the-part) [j](/old/) [k](/old/#x)\n",
        SOURCE_md="- Name: A site",
    )
    bodies = {document.path: document.body_markdown for document in reading.documents}
    guides = {path: f"/library/{number}" for number, path in enumerate(sorted(bodies))}
    html = {path: render(resolve_links(body, guides)).html for path, body in bodies.items()}
    first, agile, home = (guides[path] for path in sorted(bodies))
    assert f'href="{first}#h-the-part"' in html["docs/index.md"]
    assert f'href="{first}">b</a>' in html["docs/index.md"]
    assert f'href="{agile}">c</a>' in html["docs/index.md"]
    assert f'href="{first}">d</a> <a href="{home}">e</a> f <a href="https://x.example/"' in html["docs/agile/index.md"]
    assert "</a> h</li>" in html["docs/agile/index.md"]
    assert '<a href="#h-the-part">i</a> j k' in html["docs/agile/first.md"]
    remarks = next(document.remarks for document in reading.documents if document.path == "docs/agile/index.md")
    assert any("/gone" in remark for remark in remarks)


def test_missing_pages_lead_to_the_published_site_when_it_is_known() -> None:
    data = zipped({"a.md": b"# A\n\n- [gone](/gone) ![p](/p.png)\n", "b.md": b"# B\n\n- x"})
    document = read(data, name="x.zip", site_url="https://www.example/").documents[0]
    assert "[gone](https://www.example/gone)" in document.body_markdown
    assert "[Picture: p](https://www.example/p.png)" in document.body_markdown


def test_pictures_of_the_archive_come_along_and_others_become_links_or_words() -> None:
    reading = read_files(
        a_md="# A\n\n- ![Map](img/map.png) ![](img/map.png) ![Far](https://x.example/far.png) ![Gone](img/gone.png)\n",
        img__map_png=PNG,
    )
    document = only(reading)
    assert document.pictures == {"img/map.png": PNG}
    resolved = resolve_links(document.body_markdown, {}, {"img/map.png": "/files/7/map.png"})
    assert "![Map](/files/7/map.png) ![](/files/7/map.png)" in resolved
    assert "[Picture: Far](https://x.example/far.png)" in resolved
    assert "*Picture: Gone*" in resolved
    assert any("without a text alternative: map.png" in remark for remark in document.remarks)
    assert any("not in the import: img/gone.png" in remark for remark in document.remarks)


def test_a_picture_that_was_not_stored_leaves_its_words() -> None:
    assert (
        resolve_links("a ![Map](picture:img/map.png) [b](guide:gone.md) `[c](guide:x.md)`", {})
        == "a Map b `[c](guide:x.md)`"
    )


def word_file(*, picture: bool = False) -> bytes:
    document = Document()
    document.add_heading("How to answer the phone", 1)
    paragraph = document.add_paragraph("Say who you are, ")
    paragraph.add_run("slowly").bold = True
    document.add_heading("Before", 2)
    document.add_paragraph("Breathe", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    if picture:
        image = io.BytesIO()
        Image.new("RGB", (4, 4)).save(image, "PNG")
        image.seek(0)
        document.add_picture(image, width=Inches(1))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_word_file_becomes_a_guide_with_its_pictures() -> None:
    document = only(read_files(phone_docx=word_file(picture=True)))
    assert document.title == "How to answer the phone"
    assert "Say who you are, **slowly**" in document.body_markdown
    assert "## Before\n\n- Breathe" in document.body_markdown
    assert "| cell 0 | cell 1 |" in document.body_markdown
    (path, data), *rest = document.pictures.items()
    assert rest == []
    assert data.startswith(b"\x89PNG")
    assert f"(picture:{path})" in document.body_markdown


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no word file", "not a Word file"),
        (word_file()[:2000], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "old .doc"),
        (zipped({"a.txt": b"x"}), "not a Word file"),
        (zipped({"word/document.xml": b"<broken"}), "damaged"),
        (zipped({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "declares entities"),
        (zipped({"word/document.xml": b"\x00" * 70_000_000}), "far more than a document"),
    ],
)
def test_word_files_that_cannot_be_read_are_refused_by_name(data: bytes, reason: str) -> None:
    assert reason in reasons(read_files(a_docx=data))["a.docx"]


def test_a_document_that_is_too_long_offers_to_be_split() -> None:
    text = "# Manual\n\nIntro.\n\n" + "".join(f"## Part {n}\n\n{'word ' * 100}\n\n### Sub\n\nx\n\n" for n in range(5))
    limits = Limits(guide=1000)
    whole = read(text.encode(), name="m.md", limits=limits)
    assert whole.documents == ()
    assert "split at its highest headings into 6 guides" in reasons(whole)["m.md"]
    parts = read(text.encode(), name="m.md", limits=limits, split_large=True).documents
    assert [part.title for part in parts] == ["Manual", *(f"Manual: Part {n}" for n in range(5))]
    assert parts[1].path == "m.md#1-part-0"
    assert "### Sub" in parts[1].body_markdown


def test_a_document_that_would_make_too_many_guides_is_refused_before_they_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[int] = []

    def part(document: ImportedDocument, number: int, *_: object) -> ImportedDocument:
        made.append(number)
        return document

    monkeypatch.setattr("network.library.importing.splitting._part", part)
    limits = Limits(guide=1000, files=20)
    with pytest.raises(CannotRead, match=r"m\.md .* more than 20 guides"):
        read(b"# a\n" * 5_000, name="m.md", limits=limits, split_large=True)
    assert len(made) == limits.files + 1


def test_parts_of_all_documents_count_together() -> None:
    limits = Limits(guide=1000, files=200)
    text = b"# a\n\ntext\n" * 120
    assert len(read(text, name="m.md", limits=limits, split_large=True).documents) == 120
    with pytest.raises(CannotRead, match=r"b\.md"):
        read(zipped({"a.md": text, "b.md": text}), name="x.zip", limits=limits, split_large=True)


def test_the_hash_changes_with_what_a_reader_sees_and_with_nothing_else() -> None:
    first = only(read_files(a_md="---\ntitle: T\ncSpell: x\n---\nBody text."))
    again = only(read_files(a_md="---\ntitle: T\ncSpell: y\n---\nBody text.\n\n"))
    other = only(read_files(a_md="---\ntitle: T\n---\nBody text!"))
    assert first.content_hash == again.content_hash != other.content_hash


def test_an_archive_and_its_unpacked_folder_give_the_same_paths(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("# A\n\n- x")
    packed = read(zipped({"top/docs/a.md": b"# A\n\n- x"}), name="x.zip")
    assert [document.path for document in packed.documents] == ["docs/a.md"]
    assert read(tmp_path).documents == packed.documents


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    read(
        zipped({"a.md": b"# A\n\n- x", "b.md": b"# B\n\n- x"}),
        name="x.zip",
        progress=lambda done, of: told.append((done, of)),
    )
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("name", ["a.md", "a.html"])
@pytest.mark.parametrize(
    "piece", ["[", "[a](", "<div>", "<ul><li>", "<a ", "{%", "{: ", "`", "<!--", "| a ", "> ", "~~~\n"]
)
@pytest.mark.timeout(20)
def test_hostile_texts_are_read_or_refused_in_time(name: str, piece: str) -> None:
    reading = read((piece * 200_000)[:200_000].encode(), name=name)
    assert len(reading.documents) + len(reading.skipped) == 1
