"""A guide is found by the words of its files, and the hit says in which file."""

from __future__ import annotations

import html
import re
from typing import Any

from flask import Flask

from network.attachments.words.asking import TOO_MUCH
from network.attachments.words.gathering import Unreadable
from network.discovery.spelling import words
from network.library.files import listeners
from tests.network.library.files.conftest import Cabinet, upload
from tests.support.cast import Cast
from tests.support.office import excel, pdf, word

COLUMNS = b"name,sycamore\n1,2\n"


def hits(client: Any, query: str) -> list[str]:
    """What is linked in the results, in order."""
    page = client.get(f"/search?q={query}").get_data(as_text=True)
    return [html.unescape(link) for link in re.findall(r'href="(/library/[^"?#]+|/files/[^"]+)"', page)]


def test_each_kind_is_found_and_the_hit_leads_to_the_file(cabinet: Cabinet, cast: Cast, priya: int) -> None:
    client = cast.client()
    for number, (data, name, what) in enumerate(
        (
            (word("Ask about the wheelbarrow"), "a.docx", "wheelbarrow"),
            (pdf("Return the trowel"), "b.pdf", "trowel"),
            (excel("Secateurs"), "c.xlsx", "secateurs"),
            (COLUMNS, "d.csv", "sycamore"),
            (b"# The dibber", "e.md", "dibber"),
            (b"<h1>Cloche</h1>", "f.html", "cloche"),
        )
    ):
        guide = cabinet.shelf.guide(priya, f"Garden {number}")
        file = cabinet.add(priya, guide.id, data, name, title="Consent form")
        assert hits(client, what) == [f"/library/{guide.slug}", file], what
    page = client.get("/search?q=wheelbarrow").get_data(as_text=True)
    assert re.search(r"Found in:.*the file Consent form \(Word document, \d+ bytes\)", page)
    assert "<mark>wheelbarrow</mark>" in page


def test_what_guides_say_themselves_comes_first(cabinet: Cabinet, cast: Cast, priya: int) -> None:
    with_file = cabinet.shelf.guide(priya, "One of them")
    cabinet.add(priya, with_file.id, word(*["The wheelbarrow"] * 300))
    own = cabinet.shelf.guide(priya, "Other of them", body="The wheelbarrow goes to the wheelbarrow shed.")
    cabinet.settle()
    assert [link for link in hits(cast.client(), "wheelbarrow") if link.startswith("/library")] == [
        f"/library/{own.slug}",
        f"/library/{with_file.slug}",
    ]


def test_only_the_newest_version_is_found_and_a_removed_file_not(cabinet: Cabinet, cast: Cast, priya: int) -> None:
    guide = cabinet.shelf.guide(priya)
    cabinet.add(priya, guide.id, word("Ask about the wheelbarrow"))
    newer = cabinet.replace(priya, guide.id, data=word("Ask about the trowel"))
    client = cast.client()
    assert hits(client, "wheelbarrow") == []
    assert hits(client, "trowel") == [f"/library/{guide.slug}", newer]
    owner = cast.client(priya)
    page = owner.get(f"/library/{guide.slug}/files/1/remove").get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    owner.post(f"/library/{guide.slug}/files/1/remove", data={"csrf_token": found[1]})
    cabinet.settle()
    assert hits(client, "trowel") == []


def test_a_file_that_cannot_be_read_is_told_to_its_owner_only(
    app: Flask, cabinet: Cabinet, cast: Cast, priya: int, monkeypatch: Any
) -> None:
    guide = cabinet.shelf.guide(priya)
    client, at = cast.client(priya), f"/library/{guide.slug}/files"
    upload(client, f"{at}/add", b"%PDF-1.7 nothing of a kind", "scan.pdf")
    cabinet.settle()
    assert "Its words could not be read: it is damaged or locked" in client.get(at).get_data(as_text=True)
    assert "could not be read" not in cast.client().get(at).get_data(as_text=True)

    def hopeless(*_: Any) -> str:
        raise Unreadable(TOO_MUCH)

    monkeypatch.setattr(listeners, "words_of", hopeless)
    upload(client, f"{at}/add", word("Ask"), "long.docx")
    cabinet.settle()
    assert "reading it takes too long" in client.get(at).get_data(as_text=True)
    assert cast.client().get(cabinet.lines(guide.id)[1][0].address).status_code == 200, "it can be had all the same"


def test_words_that_were_missed_are_read_by_the_clock(
    app: Flask, cabinet: Cabinet, cast: Cast, priya: int, monkeypatch: Any
) -> None:
    guide = cabinet.shelf.guide(priya)
    with monkeypatch.context() as lost:
        lost.setattr(listeners, "read_words", lambda _: None)
        cabinet.add(priya, guide.id, word("Ask about the wheelbarrow"))
    assert cabinet.lines(guide.id)[0][0].words_state == "waiting"
    with app.app_context():
        listeners.read_missed()
    cabinet.settle()
    assert hits(cast.client(), "wheelbarrow")


def test_words_of_files_correct_nobody(app: Flask, cabinet: Cabinet, priya: int) -> None:
    guide = cabinet.shelf.guide(priya)
    cabinet.add(priya, guide.id, word("wheelbarrow"))
    with app.app_context():
        words.build()
        assert words.dictionary().frequency("wheelbarrow") == 0


def test_slow_files_do_not_hold_up_everything_else(
    app: Flask, cabinet: Cabinet, cast: Cast, priya: int, monkeypatch: Any
) -> None:
    guide = cabinet.shelf.guide(priya)
    monkeypatch.setattr(listeners, "MOST_SECONDS_A_MINUTE", 0.0)
    for number in range(2):
        cabinet.add(priya, guide.id, word("Ask"), title=f"File {number}")
    states = [lines[0].words_state for lines in cabinet.lines(guide.id)]
    assert states == ["read", "waiting"]
