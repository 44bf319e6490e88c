"""Spelling: what is corrected at once, what is offered, and that the words of nobody's closed group come up."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from flask import Flask

from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain, run_due
from network.discovery.finding import held_by
from network.discovery.indexing import rebuild
from network.discovery.spelling import words
from network.discovery.spelling.correcting import correct, near
from network.discovery.spelling.words import FILE, MANY_CHANGES, build, dictionary
from network.groups.viewers import viewer_of
from network.library.actions.ending import withdraw
from network.library.actions.publishing import publish_new
from network.library.content import Content, lay_out
from network.library.models import Guide
from network.subjects.viewer import VISITOR
from tests.support.canaries import DRAFT, INSIDERS, OPEN, ROLES, SECRET, Canaries
from tests.support.cast import Cast

WRONG = "lanternfihs"


@pytest.fixture
def canaries(app: Flask, canaries: Canaries) -> Canaries:
    """Words planted, and the dictionary written."""
    with app.app_context():
        build()
    return canaries


def write(app: Flask, title: str, body: str) -> None:
    viewer = Cast(app).viewer(Cast(app).person())
    with app.app_context(), transaction():
        content = Content(title=title, body=body, rendered=lay_out(body), licence="CC-BY-4.0")
        publish_new(viewer=viewer, group_id=None, content=content)
    drain(app)


def page(canaries: Canaries, address: str, role: str = "visitor") -> str:
    return str(canaries.client(role).get(address).get_data(as_text=True))


def test_a_word_that_nothing_holds_is_corrected_and_what_was_typed_is_one_link_away(canaries: Canaries) -> None:
    text = page(canaries, f"/search?q=working+{WRONG}")
    assert "<title>" in text
    assert f"for “working {OPEN}”" in text
    assert f"Showing results for <strong>working <mark>{OPEN}</mark></strong>." in text
    exact = f"/search?q=working+{WRONG}&amp;exact=1"
    assert f'Search instead for <a class="govuk-link" href="{exact}">working {WRONG}</a>' in text
    assert f"with <mark>{OPEN}</mark>" in page(canaries, f"/search?q=working+{WRONG}&in=guide")
    typed = page(canaries, exact.replace("&amp;", "&"))
    assert "Showing results for" not in typed
    assert "Nothing holds all of these words" in typed
    assert f'<a class="govuk-link" href="/search?q=working+{OPEN}">working {OPEN}</a>' in typed, "one click back"


def test_filters_and_excluded_words_are_not_corrected(canaries: Canaries) -> None:
    with canaries.app.app_context():
        assert correct(VISITOR, f"-{WRONG}") is None
        found = correct(VISITOR, f'"asking about {WRONG}" +{WRONG}')
        assert found is not None
        assert found.words == f'"asking about {WRONG}" +{OPEN}'
        assert found.changed == ((WRONG, OPEN),)


def test_words_that_mean_something_as_they_are_stay(canaries: Canaries) -> None:
    with canaries.app.app_context():
        assert correct(VISITOR, WRONG, known={WRONG}) is None
        assert near(VISITOR, WRONG, known={WRONG}) == []
        assert near(VISITOR, WRONG) == [OPEN]


def test_a_rare_word_beside_a_frequent_one_is_asked_about(canaries: Canaries) -> None:
    for number in range(12):
        write(canaries.app, f"Number {number}", "All about badger.")
    write(canaries.app, "A slip", "All about bagder.")
    with canaries.app.app_context():
        build()
    text = page(canaries, "/search?q=bagder")
    link = '<a class="govuk-link" href="/search?q=badger"><mark>badger</mark></a>?'
    assert "Did you mean " + link in text
    assert "A slip" in text
    assert "Did you mean" not in page(canaries, "/search?q=badger")


def test_a_name_that_is_found_is_not_doubted(canaries: Canaries) -> None:
    Cast(canaries.app).person("Siân Rhys")
    for number in range(12):
        write(canaries.app, f"Number {number}", "The whys of it.")
    with canaries.app.app_context():
        build()
    text = page(canaries, "/search?q=Sian+Rhys")
    assert "1 result for “Sian Rhys”" in text
    assert "Did you mean" not in text


def test_words_in_another_language_are_left_alone(canaries: Canaries) -> None:
    write(canaries.app, "Belief", "Faith and calmer days, first to last.")
    with canaries.app.app_context():
        build()
    for typed in ("cynllun+iaith+gymraeg", "gwasanaeth+cwsmer"):
        text = page(canaries, f"/search?q={typed}")
        assert "Showing results for" not in text
        assert "Did you mean" not in text
    assert "Showing results for <strong><mark>the</mark> calmer days</strong>" in page(
        canaries, "/search?q=teh+calmer+days"
    )


def test_where_the_corrected_words_fail_too_another_of_them_is_put_right(canaries: Canaries) -> None:
    for number in range(12):
        write(canaries.app, f"Number {number}", "The planning register.")
    with canaries.app.app_context():
        build()
    text = page(canaries, "/search?q=planing+registr")
    assert "Showing results for <strong><mark>planning</mark> <mark>register</mark></strong>." in text
    assert "Search instead for" in text
    assert "The <mark>planning</mark> <mark>register</mark>" in text
    typed = page(canaries, "/search?q=planing+registr&exact=1")
    assert "Showing results for" not in typed


def test_a_letter_to_double_is_put_right_at_once_only_where_the_search_fails(canaries: Canaries) -> None:
    for number in range(12):
        write(canaries.app, f"Number {number}", "The planning register.")
    write(canaries.app, "Wood", "Planing a door.")
    with canaries.app.app_context():
        build()
    assert "Showing results for <strong><mark>planning</mark> register" in page(canaries, "/search?q=planing+register")
    found = page(canaries, "/search?q=planing+door")
    assert "Showing results for" not in found
    assert "1 result for “planing door”" in found
    neither = page(canaries, "/search?q=planing+zebras")
    assert "Showing results for" not in neither


@pytest.mark.parametrize("role", ROLES)
def test_nobody_is_corrected_to_a_word_of_a_closed_group_or_a_draft(canaries: Canaries, role: str) -> None:
    for word in [DRAFT] if role in INSIDERS else [SECRET, DRAFT]:
        for wrong in (word[:-1], word[:-1] + "x", word[:3] + word[4:], word[1] + word[0] + word[2:]):
            for address in (f"/search?q={wrong}", f"/search?q=working+{wrong}", f"/search?q={wrong}&exact=1"):
                assert word not in page(canaries, address, role), f"{role} at {address}"


def test_the_dictionary_holds_public_words_only(canaries: Canaries) -> None:
    with canaries.app.app_context():
        found = dictionary()
        assert found.frequency(OPEN) > 0
        assert found.frequency(SECRET) == 0
        assert found.frequency(DRAFT) == 0
    data = (Path(canaries.app.config["DATA_DIR"]) / FILE).read_bytes()
    assert OPEN.encode() in data
    assert SECRET.encode() not in data


def test_a_word_of_one_s_own_group_is_no_slip(canaries: Canaries) -> None:
    write(canaries.app, "Birds", "zebrafinck zebrafinck")
    with canaries.app.app_context():
        build()
        for role in INSIDERS:
            assert correct(Cast(canaries.app).viewer(canaries.roles[role]), SECRET) is None
        found = correct(Cast(canaries.app).viewer(canaries.roles["outsider"]), SECRET)
        assert found is not None, "for everybody else nothing holds it"
        assert found.words == "zebrafinck"


def test_a_word_that_went_is_not_offered_though_the_dictionary_has_it(canaries: Canaries) -> None:
    write(canaries.app, "Soon gone", "Of quicksilverish things.")
    app = canaries.app
    with app.app_context():
        build()
        assert correct(VISITOR, "quicksilverihs") is not None
        guide = db.session.scalars(db.select(Guide).where(Guide.title == "Soon gone")).one()
        author, guide_id = viewer_of(guide.author_id or 0), guide.id
        db.session.rollback()
        with transaction():
            withdraw(viewer=author, guide_id=guide_id, reason="Wrong")
    drain(app)
    with app.app_context():
        assert dictionary().frequency("quicksilverish") == 1
        assert correct(VISITOR, "quicksilverihs") is None
        assert near(VISITOR, "quicksilverihs") == []


def file_of(canaries: Canaries) -> Path:
    return Path(canaries.app.config["DATA_DIR"]) / FILE


def test_every_process_reads_the_newest_file(canaries: Canaries) -> None:
    app, file = canaries.app, file_of(canaries)
    with app.app_context():
        before = dictionary()
        assert dictionary() is before
        write(app, "New", "thaumaturgy")
        assert dictionary() is before
        build()
        assert dictionary().frequency("thaumaturgy") == 1
        file.write_bytes(b"broken")
        os.utime(file, (1, 1))
        assert len(dictionary()) == 0, "a damaged file corrects nothing"
        file.unlink()
        assert len(dictionary()) == 0
        assert correct(VISITOR, WRONG) is None


def test_the_worker_writes_it_when_it_is_missing_and_after_many_changes(canaries: Canaries) -> None:
    app, file = canaries.app, file_of(canaries)
    file.unlink()
    with app.app_context():
        words.refresh()
    assert file.exists()
    write(app, "New", "thaumaturgy")
    with app.app_context():
        words.refresh()
        assert dictionary().frequency("thaumaturgy") == 0, "few changes wait for the night"
        words.note_changes(MANY_CHANGES)
        words.refresh()
        assert dictionary().frequency("thaumaturgy") == 1
    write(app, "Newer", "prestidigitation")
    os.utime(file, (1, 1))
    with app.app_context():
        words.refresh()
        assert dictionary().frequency("prestidigitation") == 1, "once a day it is written anyway"
    file.unlink()
    run_due(app)
    assert file.exists()


def test_a_rebuild_writes_it(canaries: Canaries) -> None:
    file_of(canaries).unlink()
    with canaries.app.app_context():
        rebuild()
        assert dictionary().frequency(OPEN) > 0
        assert held_by(VISITOR, [OPEN])[OPEN] > 0


def test_misspelt_names_and_short_forms_find_people(canaries: Canaries) -> None:
    cast = Cast(canaries.app)
    cast.person("Elizabeth Carter")
    cast.person("Siobhan Murphy")
    drain(canaries.app)
    with canaries.app.app_context():
        build()
    text = page(canaries, "/search?q=liz+carter&in=person")
    assert re.search(r"<mark>Elizabeth</mark> <mark>Carter</mark>", text)
    assert "Nothing holds" not in text
    assert "Siobhan" in page(canaries, "/search?q=Siobahn+Murphy")
    everywhere = page(canaries, "/search?q=liz")
    assert "People of this name" in everywhere
    assert 'href="/people/elizabeth-carter">Elizabeth Carter</a>' in everywhere
    assert "People of this name" not in page(canaries, "/search?q=elizabeth"), "she is a result already"
    assert "People of this name" not in page(canaries, "/search?q=liz&in=guide")
    for typed in ("lizzie+carter", "Siobahn"):
        directory = page(canaries, f"/people?q={typed}")
        assert "Nobody matches" in directory
        assert "Perhaps you mean" in directory
    assert "Siobhan Murphy" in page(canaries, "/people?q=Siobahn")
    assert "Perhaps you mean" not in page(canaries, "/people?q=Siobhan")
