"""Taking along on the web: files, packs, codes on paper, one's own archive."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from network.attachments.actions import attach
from network.attachments.pictures import store_picture
from network.attachments.uploads import store_upload
from network.core.transaction import transaction
from network.groups.viewers import viewer_of
from network.library.actions.editing import edit
from network.library.actions.ending import supersede, withdraw
from network.library.files.actions import add_file, remove_file, replace_file
from network.library.importing.own import front_matter
from network.portability import paper as papers
from network.portability.codes import LETTERS, code_of, read_code
from network.portability.paper import css_string
from tests.network.library.shelf import Shelf, content
from tests.support.cast import Cast
from tests.support.pictures import picture
from tests.support.queries import count_queries

MAIN = re.compile("<title>.*?</title>|<main.*?</main>", re.DOTALL)


@given(st.uuids(), st.integers(1, 30_000))
def test_a_code_is_read_as_it_was_written_and_also_as_people_type_it(uuid: UUID, version: int) -> None:
    code = code_of(uuid, version)
    read = read_code(code)
    assert read is not None
    assert read.version == version
    assert read.range[0] <= uuid <= read.range[1]
    assert read_code(code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == read


def test_a_wrong_letter_or_two_changed_over_are_noticed() -> None:
    code = code_of(uuid4(), 3).replace("-", "")
    for at in range(len(code)):
        others = [letter for letter in LETTERS[:31] if letter != code[at]]
        caught = [read_code(code[:at] + letter + code[at + 1 :]) is None for letter in others]
        assert sum(caught) >= len(caught) - 1
    for at in (at for at in range(len(code) - 2) if code[at] != code[at + 1]):
        assert read_code(code[:at] + code[at + 1] + code[at] + code[at + 2 :]) is None


def test_the_head_of_a_page_on_paper_cannot_break_out_of_its_style() -> None:
    written = css_string('"; } </style><script>')
    assert (written[0], written[-1]) == ('"', '"')
    assert not set(written[1:-1]) & set('"<>;}/')
    assert written[1:].startswith("\\22 \\3b ")


def test_one_guide_as_markdown_and_html_with_all_its_credits(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    owen = cast.person("Owen Pritchard")
    guide = shelf.guide(owen, "Damp", tags=("damp",), topic_ids=(cast.topic(),))
    with app.app_context():
        stored = store_picture(picture(), "wall.png")
        with transaction():
            attach(stored, subject="guide", subject_id=guide.id, uploaded_by=owen)
        body = f"## First\n\n![A wall](/files/{stored.name}) ![Not ours](/files/{'0' * 32}.png)\n\n[Us](/about)\n"
        with transaction():
            edit(viewer=viewer_of(owen), guide_id=guide.id, content=content("Damp", body=body), note="Wall")
    answer = client.get("/library/damp.md")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="damp.md"'
    fields, text = front_matter(answer.get_data(as_text=True), "damp.md")
    assert fields["uuid"] == str(guide.uuid)
    assert (fields["version"], fields["licence"]["id"], fields["authors"][0]["name"]) == (
        2,
        "CC-BY-4.0",
        "Owen Pritchard",
    )
    assert fields["licence"]["address"].startswith("https://creativecommons.org/")
    assert [line["number"] for line in fields["history"]] == [1, 2]
    assert f"(http://localhost/files/{stored.name})" in text
    page = client.get("/library/damp.html").get_data(as_text=True)
    assert "data:image/png;base64," in page
    assert "<em>Not ours</em>" in page
    assert "lazy" not in page
    assert not re.search(r'(?:src|href)="/', page)
    for words in ("CC BY 4.0", str(guide.uuid), "Owen Pritchard", 'href="http://localhost/about"'):
        assert words in page
    assert client.get("/library/new.md").status_code == 404
    assert client.get("/library/feed.html").status_code == 404
    assert 'href="/library/damp.md"' in client.get("/library/damp").get_data(as_text=True)


def test_a_visitor_makes_a_pack_in_the_order_chosen_and_is_told_what_is_wrong(
    app: Flask, cast: Cast, shelf: Shelf, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    owen = cast.person("Owen Pritchard")
    slugs = [shelf.guide(owen, title).slug for title in ("Bins", "Asking <less>", "Damp")]
    chosen = "&".join(f"guide={slug}" for slug in reversed(slugs))
    page = client.get(f"/packs/new?{chosen}&title=First+week").get_data(as_text=True)
    assert page.index("Damp") < page.index("Asking &lt;less&gt;") < page.index("Bins")
    assert 'value="First week"' in page
    shelf.guide(owen, "Letters", topic_ids=(cast.topic(),))
    narrowed = client.get("/packs/new?topic=open-data").get_data(as_text=True)
    assert "Letters" in narrowed
    assert "Bins" not in narrowed
    assert 'href="/packs/new?topic=open-data"' in client.get("/topics/open-data").get_data(as_text=True)
    with count_queries(app) as queries:
        answer = client.get(f"/packs/pack.html?{chosen}&title=First+week")
    assert len(queries) <= 12, queries.statements
    text = answer.get_data(as_text=True)
    assert "<h1>First week</h1>" in text
    assert text.count('class="qr"') == 3
    assert 'href="#g1"' in text
    assert client.get("/packs/pack.html?guide=nothing").status_code == 400
    monkeypatch.setattr("network.portability.views.packs.MOST_GUIDES", 2)
    refused = client.get(f"/packs/pack.html?{chosen}")
    assert refused.status_code == 400
    assert "at most 2 guides" in refused.get_data(as_text=True)
    monkeypatch.setattr("network.portability.views.packs.MOST_GUIDES", 30)
    monkeypatch.setattr(papers, "MOST_PICTURES", -1)
    assert "leave the pictures out" in client.get(f"/packs/pack.html?{chosen}").get_data(as_text=True)
    assert client.get(f"/packs/pack.html?{chosen}&pictures=no").status_code == 200


def test_paper_names_the_files_of_a_guide_and_where_they_are(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    owen = cast.person("Owen Pritchard")
    guide, bare = shelf.guide(owen, "Damp"), shelf.guide(owen, "Mould")
    with app.app_context():
        sent = [store_upload(data, "costs.csv") for data in (b"a,b\n1,2\n", b"a,b\n1,2\n3,4\n" * 200, b"c,d\n")]
        put: dict[str, Any] = {"viewer": viewer_of(owen), "guide_id": guide.id}
        with transaction():
            number = add_file(**put, stored=sent[0], title="Costs <each>").number
            replace_file(**put, number=number, stored=sent[1])
            remove_file(**put, number=add_file(**put, stored=sent[2], title="Gone").number)
    pack = client.get(f"/packs/pack.html?guide={guide.slug}&guide={bare.slug}").get_data(as_text=True)
    first, second = pack.split("<article")[1:]
    for page in (first, client.get("/library/damp.html").get_data(as_text=True)):
        assert "Costs &lt;each&gt; (CSV table, 2 KB)" in page
        assert 'Files, at <a href="http://localhost/library/damp#files">http://localhost/library/damp</a>' in page
        assert "Gone" not in page
    assert "Files, at" not in second


def test_a_code_tells_what_became_of_the_paper(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    owen = cast.person("Owen Pritchard")
    guide, other = shelf.guide(owen, "Damp", note="First"), shelf.guide(owen, "Mould")
    first = code_of(guide.uuid, 1)

    def said() -> str:
        return str(client.get(f"/c/{first}").get_data(as_text=True))

    assert "Your paper is current" in said()
    with app.app_context():
        by_owen, newer = viewer_of(owen), content("Damp", body="New.\n")
        with transaction():
            edit(viewer=by_owen, guide_id=guide.id, content=newer, note="Two things")
    assert "There is a newer version" in said()
    assert "Two things" in said()
    assert "/history/compare?from=1&amp;to=2" in said()
    with app.app_context(), transaction():
        supersede(viewer=by_owen, guide_id=guide.id, by_id=other.id)
    replaced = said()
    assert "Another guide has replaced your paper" in replaced
    for words in ('href="/library/mould"', "Two things", "/history/compare?from=1&amp;to=2"):
        assert words in replaced, words
    assert "You have version 1 of" in replaced
    assert "There is a newer version" not in replaced
    with app.app_context(), transaction():
        withdraw(viewer=by_owen, guide_id=guide.id, reason="The law changed")
    # No word more than its own address says.
    gone = client.get("/library/damp")
    assert gone.status_code == client.get(f"/c/{first}").status_code == 410
    assert MAIN.findall(said()) == MAIN.findall(gone.get_data(as_text=True)) != []
    assert "withdrew this guide" in said()
    assert "The law changed" in said()
    assert "New." not in said()
    assert client.get(f"/c/{code_of(guide.uuid, 3)}").status_code == 404
    assert client.get("/c/nonsense").status_code == 404
    assert client.get(f"/c?code={first.lower()}").status_code == 302
    with app.app_context():
        app.config["OPEN_READING"] = False
    assert client.get(f"/c/{first}").status_code == 303


def test_who_types_no_code_is_told_to(client: Any) -> None:
    first, empty, wrong = (client.get(address) for address in ("/c", "/c?code=", "/c?code=nonsense"))
    assert "There is a problem" not in first.text
    assert (empty.status_code, empty.text.count("Enter the code")) == (200, 2)
    assert (wrong.status_code, wrong.text.count("No paper of ours has this code")) == (404, 2)
    assert "Enter the code" not in wrong.text
    assert "Check this code" in first.text


def test_an_overdue_check_shows_on_the_code_page(cast: Cast, shelf: Shelf, client: Any) -> None:
    old = shelf.guide(cast.person("Owen Pritchard"), "Damp", at=datetime(2021, 1, 1, tzinfo=UTC))
    page = client.get(f"/c/{code_of(old.uuid, 1)}").get_data(as_text=True)
    assert "Check overdue" in page
    assert "Your paper is current" not in page
    assert "it may be out of date" in page


def test_a_paper_that_another_guide_replaced_is_not_called_current(
    app: Flask, cast: Cast, shelf: Shelf, client: Any
) -> None:
    owen = cast.person("Owen Pritchard")
    guide, other = shelf.guide(owen, "Damp"), shelf.guide(owen, "Mould")
    with app.app_context():
        by_owen = viewer_of(owen)
        with transaction():
            supersede(viewer=by_owen, guide_id=guide.id, by_id=other.id)
    page = client.get(f"/c/{code_of(guide.uuid, 1)}").get_data(as_text=True)
    assert "Another guide has replaced your paper" in page
    assert "Version 1 of" in page


def test_ones_own_archive_asks_the_database_by_batches(app: Flask, cast: Cast, shelf: Shelf) -> None:
    owen = cast.person("Owen Pritchard")
    for number in range(12):
        shelf.draft(owen, f"Draft {number}")
    client = cast.client(owen)
    with count_queries(app) as queries:
        assert client.get("/library/export/mine.zip").status_code == 200
    assert len(queries) <= 12, queries.statements
    assert "12 guides and drafts" in client.get("/library/export").get_data(as_text=True)
