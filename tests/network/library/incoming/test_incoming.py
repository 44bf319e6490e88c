"""Importing by the web: looked through first, drafts of the importer, nothing twice, and nothing of it left behind."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.library.incoming import bringing, processes
from network.library.incoming.listeners import step, sweep
from network.library.incoming.models import ImportItem, ImportJob
from network.library.incoming.views import showing
from network.library.models import Guide, GuideTopic, ImportSource
from network.vocabulary.models import TopicAlias
from tests.network.library.incoming.conftest import Importer, packed, word_file
from tests.support.cast import Cast
from tests.support.sending import filled, find_form, send, token

BINS = word_file()
BROKEN = BINS[:400]
FORM = b"---\ntitle: The form\nkind: template\n---\n\nEight questions are enough. See [bins](bins.md#ask).\n"
MARKDOWN = b"# Missing bins\n\nAsk less. See [the form](form.md).\n\n## Ask\n\n![A crew](crew.png)\n"
PAGE = b"<h1>Old page</h1><p>It stays as it was, for now.</p><img src='https://elsewhere.example/a.png' alt='Map'>"


def guides(app: Flask) -> dict[str, Guide]:
    with app.app_context():
        return {guide.title: guide for guide in db.session.scalars(select(Guide).order_by(Guide.id))}


def folders(app: Flask) -> list[Path]:
    return sorted((Path(app.config["DATA_DIR"]) / "imports").glob("*/*"))


def test_a_title_that_shows_nothing_is_asked_for_again(app: Flask, importer: Importer) -> None:
    address = importer.read({"form.md": FORM})
    (field,) = re.findall(r'name="(title_\d+)"', importer.page(address))
    assert "Enter a title" in importer.start(address, **{field: "   "}).get_data(as_text=True)
    assert importer.start(address, **{field: "Eight questions"}).status_code == 303
    drain(app)
    assert list(guides(app)) == ["Eight questions"]


def test_a_language_that_guides_cannot_have_is_said_before_and_after(app: Flask, importer: Importer) -> None:
    address = importer.read({"regeln.md": b"---\nlang: de\n---\n# Regeln\n\nWeniger fragen.\n"})
    assert importer.page(address).count("Guides here cannot be marked as “de”") == 1
    importer.start(address)
    drain(app)
    assert importer.page(address).count("Guides here cannot be marked as “de”") == 1
    assert guides(app)["Regeln"].language == "en"


@pytest.mark.usefixtures("in_a_process_of_its_own")
def test_files_of_every_kind_are_looked_through_and_become_drafts(app: Flask, importer: Importer) -> None:
    from tests.support.pictures import picture

    address = importer.read(
        {
            "bins.docx": BINS,
            "nothing.docx": BROKEN,
            "site.zip": packed({"site/bins.md": MARKDOWN, "site/form.md": FORM, "site/crew.png": picture()}),
            "old.html": PAGE,
            "notes.txt": b"notes",
            "Old letter.doc": b"\xd0\xcf\x11\xe0",
        }
    )
    listed = importer.page(address)
    rows = dict(re.findall(r'for="item-\d+">([^<]*)</label>.*?</td>\s*<td[^>]*>([^<]*)</td>', listed, re.S))
    assert rows == {"Missed bins": "Guide", "Missing bins": "Guide", "The form": "Template", "Old page": "Guide"}
    assert "Pictures without a text alternative: picture-1.png" in listed
    assert re.search(r"nothing\.docx</strong>: it is damaged or not a Word file", listed)
    assert re.search(r"notes\.txt</strong>: not a kind of file that becomes a guide</li>", listed)
    assert re.search(r"Old letter\.doc</strong>: [^<]*save it as \.docx</li>", listed)
    out = next(
        n for n, title in re.findall(r'value="(\d+)" checked><label[^>]*>([^<]*)<', listed) if title == "Old page"
    )
    ticked = [n for n in re.findall(r'name="item" type="checkbox" value="(\d+)" checked', listed) if n != out]

    assert importer.start(address, item=ticked).status_code == 303
    assert importer.client.get(address).headers["Refresh"] == "2"
    assert "0 of " in importer.page(address)
    drain(app)
    end = importer.page(address)
    assert f"{len(ticked)} drafts came in" in end
    assert re.search(r"old\.html</strong>: you left it out", end)
    found = guides(app)
    assert {guide.state for guide in found.values()} == {"draft"}
    assert {guide.author_id for guide in found.values()} == {importer.person}
    assert {guide.source_id for guide in found.values()} == {None}
    assert "/library/the-form" in found["Missing bins"].body
    assert "/library/missing-bins#h-ask" in found["The form"].body
    assert re.search(r"!\[A crew\]\(/files/\w+\.\w+\)", found["Missing bins"].body)
    image = re.findall(r"/files/[\w.]+", found["Missed bins"].body)[0]
    assert importer.client.get(image).status_code == 200
    other = Cast(app).client(Cast(app).person("Somebody Else"))
    assert other.get(image).status_code == 404
    assert other.get(f"/drafts/{found['The form'].id}").status_code == 404
    assert folders(app) == []
    draft = importer.page(f"/drafts/{found['Missed bins'].id}")
    assert "Step 0: ask the crew" in draft


def test_a_file_cut_short_says_what_is_missing_and_comes_in(app: Flask, importer: Importer) -> None:
    whole = word_file("Cut guide", pictures=0, paragraphs=400)
    begin = whole.index(b"word/document.xml")
    end = importer.bring_in({"cut.docx": whole[: begin + 1500]})
    assert "1 draft came in" in end
    assert "The file is damaged. What could not be read: the text after “" in end
    assert "Step 1: ask the crew" in guides(app)["Cut guide"].body


def test_what_was_published_elsewhere_is_credited_and_stays_its_importers(app: Flask, importer: Importer) -> None:
    first = {"words": "elsewhere", "source_name": "Handbook", "licence": "OGL-UK-3.0"}
    importer.bring_in({"form.md": FORM}, **first, source_address="https://handbook.example")
    other = Importer(app, Cast(app).person("Somebody Else"))
    listed = other.page(other.read({"form.md": FORM}))
    assert "New" in listed
    assert "Already" not in listed
    other.bring_in({"form.md": FORM}, **first, source_address="https://evil.example")
    with app.app_context():
        rows = db.session.execute(
            select(Guide.author_id, ImportSource.address, Guide.licence).join(
                ImportSource, ImportSource.id == Guide.source_id
            )
        ).all()
    assert sorted(map(tuple, rows)) == sorted(
        [
            (importer.person, "https://handbook.example", "OGL-UK-3.0"),
            (other.person, "https://evil.example", "OGL-UK-3.0"),
        ]
    )


def test_again_it_brings_nothing_twice_and_renews_what_was_not_touched(app: Flask, importer: Importer) -> None:
    files = {"form.md": FORM, "bins.md": MARKDOWN, "old.html": PAGE}
    importer.bring_in(files)
    before = guides(app)
    assert "Nothing new here: all of it" in importer.page(importer.read(files))
    send(importer.client, f"/drafts/{before['Missing bins'].id}", act="draft", title="Missing bins", body="Mine now.")
    importer.client.get("/library/import")
    changed = {**files, "form.md": FORM.replace(b"Eight", b"Nine"), "bins.md": MARKDOWN + b"\nMore.\n"}
    address = importer.read(changed)
    listed = importer.page(address)
    assert "Nothing new here" not in listed
    assert "Changed since you imported it. Your draft is renewed" in listed
    assert "Already in your drafts, the same" in listed
    assert "You edited the draft made of it. This makes another one" in listed
    assert len(re.findall(r'name="item" type="checkbox" value="\d+" checked', listed)) == 1
    assert importer.start(address).status_code == 303
    drain(app)
    after = guides(app)
    assert {title: guide.id for title, guide in after.items()} == {title: guide.id for title, guide in before.items()}
    assert "Nine questions" in after["The form"].body
    assert after["Missing bins"].body == "Mine now."


def test_a_worker_that_was_stopped_goes_on_without_doubles(
    app: Flask, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = importer.read({f"guide-{n}.md": f"# Guide {n}\n\nText of number {n}.\n".encode() for n in range(6)})
    importer.start(address)
    monkeypatch.setattr(bringing, "SECONDS", -1.0)
    made = bringing.actions.keep
    kept: list[dict[str, Any]] = []

    def killed(**more: Any) -> None:
        made(**more)
        kept.append(more)
        if len(kept) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(bringing.actions, "keep", killed)
    with pytest.raises(KeyboardInterrupt):
        drain(app)
    assert len(guides(app)) == 2  # The third was undone with its transaction.
    with app.app_context(), transaction():
        made(**kept[0])  # As another worker that had read the same file.
        assert db.session.scalar(select(func.count(Guide.id))) == 2
    monkeypatch.setattr(bringing.actions, "keep", made)
    with app.app_context():
        job = db.session.scalars(select(ImportJob)).one()
        message: Any = type("Message", (), {"payload": {"job_id": job.id}})
        db.session.rollback()
        for _ in range(12):
            step([message])
    assert len(guides(app)) == 6
    assert "6 drafts came in" in importer.page(address)
    assert folders(app) == []


def test_a_title_can_be_changed_before_a_file_comes_in(app: Flask, importer: Importer) -> None:
    address = importer.read({"a.md": b"# IMG 0042 final\n\nOne.\n", "b.md": b"# Two\n\nTwo.\n"})
    form = filled(find_form(importer.page(address)))
    name = next(name for name, value in form.items() if value == ["IMG 0042 final"])
    for wrong, words in (("", "Enter a title"), ("x" * 151, "Title must be 150 characters or fewer")):
        page = importer.start(address, **{name: wrong}).text
        assert page.count(words) >= 2
        assert filled(find_form(page))[name] == [wrong]
    assert importer.start(address, **{name: "  Missed  bins "}).status_code == 303
    drain(app)
    assert ">Missed bins</a>" in importer.page(address)
    with app.app_context():
        found = db.session.execute(select(Guide.title, Guide.slug).order_by(Guide.title)).all()
    assert [tuple(row) for row in found] == [("Missed bins", "missed-bins"), ("Two", "two")]
    # The same file is known again by what it holds, whatever it is called here.
    again = importer.page(importer.read({"a.md": b"# IMG 0042 final\n\nOne.\n"}))
    assert "Already in your drafts, the same" in again


def test_nobody_else_knows_of_an_import(app: Flask, importer: Importer, cast: Cast) -> None:
    address = importer.read({"form.md": FORM})
    key = token(importer.client, "/library/import")
    for role in ("member", "moderator", "administrator"):
        other = cast.client(cast.person(f"The {role}", role=role))
        assert other.get(address).status_code == 404
        mine = token(other, "/library/import")
        assert other.post(address, data={"csrf_token": mine, "item": "0", "words": "own"}).status_code == 404
        assert other.post(f"{address}/discard", data={"csrf_token": mine}).status_code == 404
        assert "form.md" not in other.get("/library/import").get_data(as_text=True)
    visitor = cast.client()
    for path in ("/library/import", address):
        assert visitor.get(path).status_code in (302, 303)
    assert guides(app) == {}
    assert importer.client.get(address).status_code == 200
    assert importer.client.post(f"{address}/discard", data={"csrf_token": key}).status_code == 303
    assert importer.client.get(address).status_code == 404
    assert folders(app) == []


def test_what_was_started_meanwhile_is_not_thrown_away(
    app: Flask, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = importer.read({"form.md": FORM})
    other, key = Cast(app).client(importer.person), token(importer.client, address)
    seen = showing.my_job

    def slowly(viewer: Any, job_id: int) -> Any:
        monkeypatch.setattr(showing, "my_job", seen)
        job = seen(viewer, job_id)
        db.session.rollback()
        assert send(other, address, words="own").status_code == 303
        return job

    monkeypatch.setattr(showing, "my_job", slowly)
    answer = importer.client.post(f"{address}/discard", data={"csrf_token": key})
    assert answer.location == address
    assert showing.MEANWHILE in importer.page(address)
    drain(app)
    assert list(guides(app)) == ["The form"]


def test_a_form_keeps_what_was_typed_and_says_what_is_missing(importer: Importer) -> None:
    address = importer.read({"form.md": FORM, "old.html": PAGE})
    answer = importer.start(address, words=None, licence="other", source_name="Handbook", item=["1"])
    text = answer.get_data(as_text=True)
    assert "Choose who wrote this" in text
    assert "Enter the name of the other licence" in text
    assert 'value="Handbook"' in text
    assert re.findall(r'name="item" type="checkbox" value="(\d+)" checked', text) == ["1"]
    text = importer.start(address, item=None).get_data(as_text=True)
    assert "Tick at least one file to bring in" in text
    text = importer.start(address, item="9" * 5_000).get_data(as_text=True)
    assert "Tick at least one file to bring in" in text
    text = importer.start(address, words="elsewhere", source_address="nowhere").get_data(as_text=True)
    assert "Enter who published it first" in text
    assert "Enter the address in the correct format" in text


def test_each_limit_is_named(importer: Importer, cast: Cast) -> None:
    assert "Select the files you want to import" in importer.upload({}).get_data(as_text=True)
    assert "The selected file is empty" in importer.upload({"x.md": b""}).get_data(as_text=True)
    large = {"CONTENT_LENGTH": str(60 * 1024 * 1024)}
    answer = importer.client.post("/library/import", environ_overrides=large)
    assert answer.status_code == 413
    assert "up to 50 MB together" in answer.get_data(as_text=True)
    assert cast.client().post("/library/import", environ_overrides=large).status_code == 413
    damaged = importer.page(importer.read({"x.zip": b"PK\x03\x04 nothing"}))
    assert "x.zip is damaged or not an archive we can open" in damaged
    many = importer.page(importer.read({"many.md": b"# a\n" * 100_000}))
    assert "this makes more than 2,000 guides" in many
    assert len(many) < 20_000
    for number in range(3):
        importer.read({f"{number}.md": FORM})
    refused = importer.upload({"a.md": FORM}).get_data(as_text=True)
    assert "three imports that are not finished" in refused
    assert re.search(r'not finished: <a href="/library/import/\d+">0\.md</a>', refused)


def test_what_is_left_for_a_day_goes_and_what_stands_still_goes_on(app: Flask, importer: Importer) -> None:
    left, running = importer.read({"form.md": FORM}), importer.read({"old.html": PAGE})
    importer.start(running)
    with app.app_context():
        hours = {left: 25, running: 2}
        for address, many in hours.items():
            job = update(ImportJob).where(ImportJob.id == int(address.rpartition("/")[2]))
            with transaction():
                db.session.execute(job.values(touched_at=now() - timedelta(hours=many)))
        sweep()
    assert importer.client.get(left).status_code == 404
    drain(app)
    assert "1 draft came in" in importer.page(running)
    assert folders(app) == []
    with app.app_context():
        assert len(db.session.scalars(select(ImportItem)).all()) == 1


def test_the_same_form_twice_is_one_import_and_other_files_are_another(app: Flask, importer: Importer) -> None:
    import io

    from tests.support.sending import filled

    fields = filled(find_form(importer.page("/library/import")))
    names = ["form.md", "form.md", "other.md"]
    answers = [
        importer.client.post("/library/import", data={**fields, "files": [(io.BytesIO(FORM), name)]}) for name in names
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 200]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    with app.app_context():
        assert len(db.session.scalars(select(ImportJob)).all()) == 1


@pytest.mark.usefixtures("in_a_process_of_its_own")
def test_reading_goes_on_when_its_worker_is_stopped_and_ends_when_it_fails(
    app: Flask, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = str(importer.upload({"form.md": FORM}).headers["Location"])
    drain(app)
    processes._running.clear()  # As a new worker begins.
    while "Reading your files" in importer.page(address):
        time.sleep(0.3)
        drain(app)
    assert "1 file can come in" in importer.page(address)
    monkeypatch.setattr(processes, "_ROOT", Path("/"))  # Nothing can be started from here.
    failed = importer.page(importer.read({"old.html": PAGE}))
    assert "took too much time or memory" in failed
    assert len({path.parent for path in folders(app)}) == 1


def test_names_show_as_what_they_are(importer: Importer) -> None:
    page = importer.page(importer.read({"x\u202e<b>.md": FORM, "in.zip": packed({"a\u202e.md": FORM, "b.md": FORM})}))
    assert "x-b-.md" in page
    assert "signs that no file name should have" in page


def test_a_draft_of_somebody_else_shows_in_no_address(app: Flask, importer: Importer, cast: Cast) -> None:
    other = Importer(app, cast.person("Nia Harrowdale"))
    for who in (importer, other):
        who.bring_in({"form.md": FORM})
    with app.app_context():
        first, second = db.session.scalars(select(Guide).order_by(Guide.id))
        assert (first.slug, second.slug) == ("the-form", None)
        assert db.session.scalars(select(ImportItem.slug)).all() == ["the-form", "the-form"]


def test_a_files_own_licence_and_topics_are_shown_first_and_kept(app: Flask, importer: Importer) -> None:
    topics = [Cast(app).topic(slug) for slug in ("open-data", "waste", "roads", "parks", "schools", "rules")]
    with app.app_context(), transaction():
        db.session.add(TopicAlias(slug="bins", name="Rubbish & bins", topic_id=topics[1]))
    says = "---\nlicence: {}\ntopics: [{}]\n---\n# {}\n\nAsk less, and ask it once.\n"
    files = {
        "known.md": says.format("ogl-uk-3.0", "Open Data, rubbish & bins, roads, parks, Nothing of ours", "Known"),
        "unknown.md": says.format("Ours", "", "Unknown"),
        "silent.md": "# Silent\n\nAsk less, and ask it once.\n",
    }
    address = importer.read({name: text.encode() for name, text in files.items()})
    rows = importer.page(address).split('name="item"')[1:]
    known, silent, unknown = (re.sub(r"<[^>]+>|\s+", " ", row).replace("  ", " ") for row in rows)
    assert re.search(r"Licence in the file: +Open Government Licence v3.0", known)
    assert re.search(r"Topics in the file: +Open data, Waste, Roads, Parks ", known)
    assert "Topics that are not in the list here: “Nothing of ours”" in known
    assert "in the file" not in silent + unknown
    assert "The licence “Ours” is not one we know: choose one before you publish." in unknown

    assert importer.start(address, licence="CC0-1.0", topics=[str(topics[4]), str(topics[5])]).status_code == 303
    drain(app)
    assert "A guide has 5 topics at most. Left out: Rules" in importer.page(address)
    found = guides(app)
    assert [found[title].licence for title in ("Known", "Unknown", "Silent")] == ["OGL-UK-3.0", "CC0-1.0", "CC0-1.0"]
    with app.app_context():
        filed = {tuple(row) for row in db.session.execute(select(GuideTopic.guide_id, GuideTopic.topic_id))}
    assert {topic for guide, topic in filed if guide == found["Known"].id} == set(topics[:5])
    assert {topic for guide, topic in filed if guide == found["Silent"].id} == set(topics[4:])
    assert "Already in your drafts, the same" in importer.page(importer.read({"known.md": files["known.md"].encode()}))
