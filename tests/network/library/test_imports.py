"""Importing: known by source and path, renewed and never doubled, never over what was written here."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.groups.viewers import viewer_of
from network.library.actions.drafting import save_draft
from network.library.actions.editing import edit
from network.library.actions.importing import renew_guide
from network.library.batches import Report
from network.library.importing.read import read
from network.library.imports import OTHERS, Options, run_import
from network.library.models import Guide, GuideTopic, GuideVersion, ImportSource
from network.subjects.rules import NotAllowed
from tests.network.library.shelf import content
from tests.support.cast import Cast
from tests.support.sending import send

SOURCE = "# Source\n\n- Repository: Handbook of Elsewhere https://handbook.example\n- Licence: CC0 1.0\n"
FILES = {
    "handbook/SOURCE.md": SOURCE,
    "handbook/bins.md": "# Missed bins\n\nAsk less. See [the form](form.md) for how.\n",
    "handbook/form.md": "---\ntitle: The form\n---\n\nEight questions are enough for everybody.\n",
}


def packed(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return out.getvalue()


@pytest.fixture
def importer(app: Flask, cast: Cast) -> int:
    """The member who imports."""
    return cast.person("Owen Pritchard")


def bring_in(app: Flask, person: int, files: dict[str, str], *, published: bool = True) -> Report:
    with app.app_context():
        options = Options(published=published, source_name="Handbook")
        return run_import(read(packed(files), name="handbook.zip"), viewer=viewer_of(person), options=options)


def guides(app: Flask) -> dict[str, Guide]:
    with app.app_context():
        return {guide.title: guide for guide in db.session.scalars(select(Guide))}


def test_guides_come_in_published_with_links_between_them_and_their_source(app: Flask, importer: int) -> None:
    report = bring_in(app, importer, FILES)
    assert sorted(report.new) == ["bins.md", "form.md"]
    assert [path for path, _ in report.skipped] == ["SOURCE.md"]
    page = app.test_client().get("/library/missed-bins").get_data(as_text=True)
    assert 'href="/library/the-form"' in page
    assert "First published by" in page
    assert "Handbook" in page
    assert "Not checked here yet" in page
    assert app.test_client().get("/library/the-form").status_code == 200


def test_a_plain_folder_credits_nobody_and_has_the_licence_of_this_place(
    app: Flask, importer: int, tmp_path: Path
) -> None:
    (tmp_path / "leaflets").mkdir()
    (tmp_path / "leaflets" / "bins.md").write_text("# Missed bins\n\nAsk less, and ask it once.\n")
    arguments = ["import", "guides", str(tmp_path / "leaflets"), "--as", "owen.pritchard@harrowdale.example"]
    for _ in range(2):
        result = app.test_cli_runner().invoke(args=[*arguments, "--publish"])
        assert result.exit_code == 0, result.output
    assert len(guides(app)) == 1
    page = app.test_client().get("/library/missed-bins").get_data(as_text=True)
    assert "First published by" not in page
    assert "leaflets" not in page
    assert "the licence of its source" not in page
    assert guides(app)["Missed bins"].licence == app.config["DEFAULT_LICENCE"]


def test_a_named_source_without_a_licence_still_has_its_credit(app: Flask, importer: int) -> None:
    bring_in(app, importer, {"handbook/bins.md": "# Missed bins\n\nAsk less, and ask it once.\n"})
    page = app.test_client().get("/library/missed-bins").get_data(as_text=True)
    assert "First published by" in page
    assert "under the licence of its source." in page


def test_without_publish_they_are_the_importers_drafts(app: Flask, importer: int, cast: Cast) -> None:
    bring_in(app, importer, FILES, published=False)
    assert {guide.state for guide in guides(app).values()} == {"draft"}
    assert app.test_client().get("/library/missed-bins").status_code == 404
    assert "Missed bins" in cast.client(importer).get("/drafts").get_data(as_text=True)
    assert "Missed bins" not in cast.client(cast.person("Somebody Else")).get("/drafts").get_data(as_text=True)


def test_an_imported_draft_whose_licence_has_no_link_is_published(app: Flask, importer: int, cast: Cast) -> None:
    bring_in(app, importer, {path: text for path, text in FILES.items() if "SOURCE" not in path}, published=False)
    answer = send(cast.client(importer), f"/drafts/{guides(app)['The form'].id}", act="publish")
    assert answer.location == "/library/the-form", answer.get_data(as_text=True)


def test_a_link_to_a_sibling_that_is_still_a_draft_is_words_until_it_is_published(
    app: Flask, importer: int, cast: Cast
) -> None:
    bring_in(app, importer, FILES, published=False)
    writer, drafts = cast.client(importer), {title: f"/drafts/{guide.id}" for title, guide in guides(app).items()}
    send(writer, drafts["Missed bins"], act="publish")
    page = app.test_client().get("/library/missed-bins").get_data(as_text=True)
    assert 'href="/library/the-form"' not in page
    assert "the form <span" in page
    assert "not open to read here yet" in page
    send(writer, drafts["The form"], act="publish")
    page = app.test_client().get("/library/missed-bins").get_data(as_text=True)
    assert 'href="/library/the-form"' in page
    assert "not open to read" not in page


def test_again_changes_nothing_and_doubles_nothing(app: Flask, importer: int) -> None:
    bring_in(app, importer, FILES)
    again = bring_in(app, importer, FILES)
    assert (again.new, again.renewed, sorted(again.unchanged)) == ([], [], ["bins.md", "form.md"])
    assert len(guides(app)) == 2
    with app.app_context():
        assert len(db.session.scalars(select(ImportSource)).all()) == 1


def test_what_changed_at_the_source_becomes_a_version(app: Flask, importer: int) -> None:
    bring_in(app, importer, FILES)
    report = bring_in(app, importer, {**FILES, "handbook/form.md": "# The form\n\nSix questions are enough now.\n"})
    assert (report.renewed, report.unchanged) == (["form.md"], ["bins.md"])
    guide = guides(app)["The form"]
    assert "Six questions" in guide.html
    with app.app_context():
        assert len(db.session.scalars(select(GuideVersion).where(GuideVersion.guide_id == guide.id)).all()) == 2


def test_what_was_edited_here_is_listed_and_not_overwritten(app: Flask, importer: int) -> None:
    bring_in(app, importer, FILES)
    guide = guides(app)["The form"]
    with app.app_context():
        words = content("The form", body="Our own words are better.\n")
        with transaction():
            edit(viewer=viewer_of(importer), guide_id=guide.id, content=words)
    report = bring_in(app, importer, {**FILES, "handbook/form.md": "# The form\n\nSix questions.\n"})
    assert report.edited_here == ["form.md"]
    assert "Our own words" in guides(app)["The form"].html


@pytest.mark.parametrize("published", [False, True])
def test_what_somebody_else_brought_in_is_left_alone(app: Flask, cast: Cast, importer: int, published: bool) -> None:
    bring_in(app, importer, FILES, published=published)
    other = cast.person("Priya Raman")
    report = bring_in(app, other, {**FILES, "handbook/form.md": "# The form\n\nMy words now.\n"})
    left = [("form.md", OTHERS)] if published else [("bins.md", OTHERS), ("form.md", OTHERS)]
    assert sorted(skipped for skipped in report.skipped if skipped[1] == OTHERS) == left
    assert (report.new, report.renewed, report.published) == ([], [], [])
    assert "Eight questions" in guides(app)["The form"].html
    assert {guide.state for guide in guides(app).values()} == {"published" if published else "draft"}


def test_nobody_renews_what_they_may_not_edit(app: Flask, cast: Cast, importer: int) -> None:
    bring_in(app, importer, FILES)
    viewer, guide = cast.viewer(cast.person("Priya Raman")), guides(app)["The form"]
    with app.app_context(), transaction(), pytest.raises(NotAllowed):
        renew_guide(viewer=viewer, guide_id=guide.id, content=content("The form"), digest="other")


def test_drafts_of_an_earlier_import_are_published_when_asked_but_not_those_edited_here(
    app: Flask, importer: int
) -> None:
    bring_in(app, importer, FILES, published=False)
    guide = guides(app)["The form"]
    with app.app_context(), transaction():
        save_draft(viewer=viewer_of(importer), guide_id=guide.id, content=content("The form", body="Our own words.\n"))
    changed = {**FILES, "handbook/bins.md": "# Missed bins\n\nAsk once.\n"}
    report = bring_in(app, importer, changed)
    assert (report.published, report.edited_here, report.renewed, report.new) == (["bins.md"], ["form.md"], [], [])
    assert {title: guide.state for title, guide in guides(app).items()} == {
        "Missed bins": "published",
        "The form": "draft",
    }
    assert "Ask once" in guides(app)["Missed bins"].html
    assert bring_in(app, importer, changed).unchanged == ["bins.md"]
    renewed = bring_in(app, importer, {**changed, "handbook/bins.md": "# Missed bins\n\nAsk twice.\n"})
    assert renewed.renewed == ["bins.md"]


def test_a_topic_is_known_by_its_name_whatever_its_address(
    app: Flask, cast: Cast, importer: int, tmp_path: Path
) -> None:
    cast.topic("geographic-data", "Maps and geographic data")
    path = tmp_path / "handbook.zip"
    path.write_bytes(packed(FILES))
    for named in ("maps and Geographic data", "geographic-data"):
        arguments = ["import", "guides", str(path), "--as", "owen.pritchard@harrowdale.example", "--topic", named]
        result = app.test_cli_runner().invoke(args=arguments)
        assert result.exit_code == 0, result.output


def test_the_command_prints_what_came_in_and_what_did_not(app: Flask, importer: int, tmp_path: Path) -> None:
    path = tmp_path / "handbook.zip"
    path.write_bytes(packed({**FILES, "handbook/../../evil.md": "# Evil"}))
    arguments = ["import", "guides", str(path), "--as", "owen.pritchard@harrowdale.example", "--publish"]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 0, result.output
    assert "new, published" in result.output
    assert "evil.md" in result.output
    assert len(guides(app)) == 2


def test_what_lost_its_main_part_is_kept_as_a_draft_and_said(app: Flask, importer: int, tmp_path: Path) -> None:
    words = "Ask who will read it, and then write it for them. " * 10
    files = {
        "handbook/SOURCE.md": SOURCE,
        "handbook/rates.md": "# Rates\n\nThe table below has all rates.\n\n{% include rates.html %}\n",
        "handbook/long.md": f"# Long\n\n{words}\n\n{{% include foot.html %}}\n",
        "handbook/short.md": "# Short\n\nAsk less.\n",
    }
    path = tmp_path / "handbook.zip"
    path.write_bytes(packed(files))
    arguments = ["import", "guides", str(path), "--as", "owen.pritchard@harrowdale.example", "--publish"]
    said = app.test_cli_runner().invoke(args=arguments).output
    states = {title: guide.state for title, guide in guides(app).items()}
    assert states == {"Rates": "draft", "Long": "published", "Short": "published"}
    assert "a draft      rates.md: its main part was put in by its site" in said
    assert "Left out: {% include rates.html %}" in said
    assert [line.split() for line in said.splitlines() if "kept as drafts" in line] == [
        ["new,", "kept", "as", "drafts", "1"]
    ]
    assert "unchanged                3" in app.test_cli_runner().invoke(args=arguments).output


def test_who_published_it_first_is_cited_and_credited_by_what_is_made_of_it(
    app: Flask, cast: Cast, importer: int
) -> None:
    bring_in(app, importer, FILES)
    reader = cast.client(cast.person("Priya Raman"))
    cited = reader.get("/library/the-form/cite.bib").get_data(as_text=True)
    assert "author = {{Handbook}}" in cited
    assert "Owen" not in cited
    assert "Handbook (" in reader.get("/library/the-form").get_data(as_text=True)
    assert "AU  - Handbook" in reader.get("/library/the-form/cite.ris").get_data(as_text=True)
    draft = send(reader, "/library/the-form/adapt").location
    made = send(reader, draft, act="publish", title="Our form", note="Ours").location
    page = reader.get(made).get_data(as_text=True)
    credit = page[page.index("Adapted from") : page.index("Changes were made")]
    assert "by Handbook," in credit
    assert "Owen" not in credit


def test_an_unknown_importer_is_told(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nText\n")
    result = app.test_cli_runner().invoke(args=["import", "guides", str(tmp_path), "--as", "nobody@x.example"])
    assert result.exit_code == 1
    assert "Nobody has joined as nobody@x.example" in result.output


def test_a_language_that_guides_cannot_have_becomes_english_and_is_said(app: Flask, importer: int) -> None:
    said = {f"{code}.md": f"---\ntitle: {code}\nlang: {code}\n---\nAsk less.\n" for code in ("fr", "de")}
    report = bring_in(app, importer, said)
    assert {title: guide.language for title, guide in guides(app).items()} == {"fr": "fr", "de": "en"}
    assert [(path, "marked as “de”" in remark) for path, remark in report.remarks] == [("de.md", True)]
    assert bring_in(app, importer, said).unchanged == ["de.md", "fr.md"]


def test_what_a_file_says_of_its_licence_and_topics_goes_before_what_is_chosen_for_all(
    app: Flask, importer: int, cast: Cast, tmp_path: Path
) -> None:
    data, all_of_them = cast.topic("open-data"), cast.topic("rules")
    (tmp_path / "leaflets").mkdir()
    says = "---\nlicence: {}\ntopics: [Open Data, Nothing of ours]\n---\n# {}\n\nAsk less, and ask it once.\n"
    for title, licence in (("Known", "ogl-uk-3.0"), ("Linked", "Ours https://x.example/ours"), ("Unknown", "Ours")):
        (tmp_path / "leaflets" / f"{title}.md").write_text(says.format(licence, title))
    (tmp_path / "leaflets" / "Silent.md").write_text("# Silent\n\nAsk less, and ask it once.\n")
    arguments = ["import", "guides", str(tmp_path / "leaflets"), "--as", "owen.pritchard@harrowdale.example"]
    arguments += ["--publish", "--topic", "rules", "--licence", "CC0-1.0"]
    said = app.test_cli_runner().invoke(args=arguments).output
    found = guides(app)
    assert {title: (guide.state, guide.licence, guide.licence_name) for title, guide in found.items()} == {
        "Known": ("published", "OGL-UK-3.0", ""),
        "Linked": ("published", "other", "Ours"),
        "Unknown": ("draft", "CC0-1.0", ""),
        "Silent": ("published", "CC0-1.0", ""),
    }
    assert found["Linked"].licence_address == "https://x.example/ours"
    with app.app_context():
        filed = {tuple(row) for row in db.session.execute(select(GuideTopic.guide_id, GuideTopic.topic_id))}
    assert {topic for guide, topic in filed if guide == found["Known"].id} == {data, all_of_them}
    assert {topic for guide, topic in filed if guide == found["Silent"].id} == {all_of_them}
    assert "Unknown.md: it names a licence that we do not know" in said
    assert "Unknown.md: The licence “Ours” is not one we know: choose one before you publish." in said
    assert "Known.md: Topics that are not in the list here: “Nothing of ours”" in said
    assert "unchanged                4" in app.test_cli_runner().invoke(args=arguments).output
    (tmp_path / "leaflets" / "Known.md").write_text(says.format("Theirs", "Known"))
    again = app.test_cli_runner().invoke(args=arguments).output
    assert "Known.md: it is published here, and its file now names a licence we do not know" in again
    assert guides(app)["Known"].licence == "OGL-UK-3.0"
