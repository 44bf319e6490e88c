"""What links here, which links lead nowhere, what else to read, and how to cite."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.transaction import transaction
from network.core.worker import drain
from network.discussions.actions import start_discussion
from network.groups.models import Group
from network.library.actions import commenting, editing, ending
from network.library.adoptions.events import GuideUsed
from network.library.citing.citation import Citation
from network.library.events import GuideChanged
from network.library.linking.faults import recount_faults, stands
from network.library.linking.keeping import go_over_everything
from network.library.linking.models import OwnLink
from network.library.linking.reading import links_in
from network.library.models import Guide
from network.library.outside.keeping import words_of_outside
from network.library.outside.models import OutsideAddress
from network.library.related.making import make
from network.subjects.registry import AudienceChanged, SubjectEvent, subjects
from network.threads.writing import render_post
from tests.network.library.shelf import Shelf, content
from tests.support.cast import Cast
from tests.support.queries import count_queries


def settle(app: Flask) -> None:
    while drain(app):
        pass


def text(client: Any, address: str) -> str:
    return str(client.get(address).get_data(as_text=True))


def here(client: Any, address: str) -> list[tuple[str, str]]:
    """Address and kind of what a guide's page says links to it."""
    section = re.search(r'id="what-links-here">.*?</section>', text(client, address), re.S)
    return re.findall(r'href="([^"]+)">[^<]*</a> <span class="cp-meta">([^<]+)', section[0]) if section else []


def counts(app: Flask, slug: str) -> tuple[int, int]:
    with app.app_context():
        row = db.session.execute(select(Guide.link_count, Guide.broken_link_count).where(Guide.slug == slug)).one()
        return row[0], row[1]


def edit(shelf: Shelf, person: int, guide: Guide, body: str, title: str) -> None:
    viewer = shelf.viewer(person)
    with shelf.app.app_context():
        words = content(title, body=body)
        with transaction():
            editing.edit(viewer=viewer, guide_id=guide.id, content=words)
    settle(shelf.app)


def test_links_are_told_apart(app: Flask) -> None:
    html = (
        '<a class="x" href="/library/a?x=1#y">A <b>b</b></a> <a href="http://localhost/groups/g/">g</a>'
        '<a href="https://one.example/p?q=1&amp;r=2#s">o</a> <a href="mailto:a@b.example">m</a>'
        '<a href="#h">h</a><a href="//two.example">t</a> <a href="/library/a">again</a>'
    )
    with app.app_context():
        found = links_in(html)
    assert found.own == {"/library/a": "A b", "/groups/g": "g"}
    assert found.outside == {"https://one.example/p?q=1&r=2": "o", "//two.example": "t"}


def test_guides_comments_and_posts_that_link_here_show(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    priya = cast.person()
    group = cast.group(facilitators=(priya,))
    bins = shelf.guide(priya, "Bins", body="[mine](/library/bins)")
    waste = shelf.guide(priya, "Waste", body="See [bins](/library/bins#x) and [again](http://localhost/library/bins)")
    viewer, said = cast.viewer(priya), "Look at [this](/library/bins)"
    with app.app_context():
        html = render_post(said).html
        with transaction():
            commenting.comment(viewer=viewer, guide_id=waste.id, body=said, html=html)
            start_discussion(
                group_id=group,
                kind="question",
                title="Where?",
                body=said,
                html=html,
                author_id=priya,
                organisation_id=None,
            )
    settle(app)
    assert here(client, "/library/bins") == [
        ("/library/waste", "Guide"),
        ("/groups/digital-planning/discussions/1-where#post-1", "Question"),
        ("/library/waste#post-1", "Comment on a guide"),
    ]
    assert counts(app, "bins") == (3, 0)
    with app.app_context():
        before = db.session.scalars(select(OwnLink.id)).all()
        go_over_everything()
        assert db.session.scalars(select(OwnLink.id)).all() == before, "what is kept already is not written again"
    edit(shelf, priya, waste, "Nothing", "Waste")
    assert ("/library/waste", "Guide") not in here(client, "/library/bins")
    with app.app_context(), transaction():
        ending.withdraw(viewer=viewer, guide_id=waste.id, reason="Old")
    settle(app)
    assert [kind for _, kind in here(client, "/library/bins")] == ["Question"]
    assert bins.id


def test_a_link_that_was_written_first_leads_on_once_its_guide_is_there(
    app: Flask, cast: Cast, shelf: Shelf, client: Any
) -> None:
    priya = cast.person()
    shelf.guide(priya, "Waste", body="[bins](/library/bins)")
    settle(app)
    assert counts(app, "waste") == (0, 1)
    shelf.guide(priya, "Bins")
    settle(app)
    assert counts(app, "waste") == (0, 0)
    assert here(client, "/library/bins") == [("/library/waste", "Guide")]


def test_a_guide_that_was_put_back_is_no_broken_link(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    bins = shelf.guide(priya, "Bins")
    shelf.guide(priya, "Waste", body="[bins](/library/bins)")
    viewer = cast.viewer(priya)
    for act, broken in ((partial(ending.withdraw, reason="Old"), 1), (ending.restore_withdrawn, 0)):
        with app.app_context(), transaction():
            act(viewer=viewer, guide_id=bins.id)
        settle(app)
        assert counts(app, "waste") == (0, broken)


def test_only_links_that_are_others_than_before_are_written(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    priya = cast.person()
    outside = " ".join(f"[{number}](https://one.example/{number})" for number in range(40))
    bins = shelf.guide(priya, "Bins", body=f"{outside} [home](/about)")
    settle(app)

    def asked(event: SubjectEvent) -> list[str]:
        with app.app_context(), transaction():
            publish(event)
        with count_queries(app) as queries:
            settle(app)
        return [one for one in queries.statements if "own_links" in one or "outside_" in one]

    used = [one for one in asked(GuideUsed("guide", bins.id)) if "broken_link_count" not in one]
    assert used == [], "nobody wrote anything"
    again = asked(GuideChanged("guide", bins.id))
    assert {one.split(" ", 1)[0] for one in again} == {"SELECT"}, again
    shorter = outside.replace("[3](https://one.example/3)", "").replace("[4](", "[four](")
    edit(shelf, priya, bins, f"{shorter} [home](/about) [new](https://two.example/)", "Bins")
    with app.app_context():
        words = words_of_outside(bins.id)
        addresses = set(db.session.scalars(select(OutsideAddress.address)))
    assert words.keys() == addresses, "what nothing links to is forgotten"
    assert "https://one.example/3" not in words
    assert (words["https://one.example/4"], words["https://two.example/"], len(words)) == ("four", "new", 40)


def test_nobody_waits_while_broken_links_are_counted(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    ids = [shelf.guide(priya, f"Guide {number}", body=f"[x](/library/none-{number})").id for number in range(6)]
    settle(app)
    with app.app_context(), transaction() as session:
        session.execute(update(Guide).values(broken_link_count=7))
    with count_queries(app) as queries, app.app_context():
        recount_faults(ids)
    assert [one.split(" ", 1)[0] for one in queries.locked] == ["UPDATE"]
    assert {counts(app, f"guide-{number}") for number in range(6)} == {(0, 1)}


def test_the_job_finds_what_was_written_before_there_were_tables(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins")
    shelf.guide(priya, "Waste", body="See [bins](/library/bins), [x](/library/none) and [o](https://one.example)")
    with app.app_context():
        go_over_everything()
    assert counts(app, "bins") == (1, 0)
    assert counts(app, "waste") == (0, 1)


def test_the_report_says_what_is_wrong_with_each_link(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, tom = cast.person(), cast.person("Tom Adeyemi")
    closed = cast.group("closed", closed=True, facilitators=(priya,))
    group = cast.group("later", facilitators=(priya,))
    old = shelf.guide(priya, "Old name")
    edit(shelf, priya, old, "x", "New name")
    gone, secret = shelf.guide(priya, "Gone"), shelf.guide(priya, "Secret", group_id=closed)
    viewer = cast.viewer(priya)
    with app.app_context(), transaction():
        ending.withdraw(viewer=viewer, guide_id=gone.id, reason="Old")
    own = ["/library/old-name", "/library/gone", f"/library/{secret.slug}", "/library/none", "/organisations/none"]
    fine = ["/library/new-name", "/library/new-name/history/1", "/library/new", "/people/priya-raman", "/groups/later"]
    wrong = ["/people/nobody", "/topics/nothing", "/groups/later/discussions/9-x", "/files/none.png", "/collections/no"]
    body = " ".join(f"[link {number}]({path})" for number, path in enumerate([*own, *fine, *wrong]))
    shelf.guide(priya, "Bins", body=body)
    settle(app)
    mine = cast.client(priya)
    report = text(mine, "/library/bins/links")
    listed = re.findall(r'<p class="govuk-!-text-break-word govuk-!-margin-bottom-1 cp-meta">([^<]+)', report)
    assert sorted(listed) == sorted([*own, *wrong])
    assert 'href="/library/new-name">/library/new-name' in report
    assert "That guide was withdrawn." in report
    assert f'href="/library/{secret.slug}">Secret</a>' in report
    assert counts(app, "bins")[1] == len(own) - 1 + len(wrong), "what moved still leads on"
    assert "Some links here lead nowhere" in text(mine, "/library/bins")
    assert "9 links lead nowhere" in text(mine, "/broken-links")
    other = cast.client(tom)
    assert "lead nowhere" not in text(other, "/library/bins") + text(other, "/broken-links")
    refused = other.get("/library/bins/links")
    assert (refused.status_code, "You cannot see this yet" in refused.text) == (403, True)
    shelf.guide(priya, "Later", body="x", group_id=group)
    shelf.guide(priya, "Points", body="[x](/library/later)")
    settle(app)
    assert counts(app, "points")[1] == 0
    with app.app_context(), transaction() as session:
        session.get_one(Group, group).openness = "closed"
        session.get_one(Group, group).closed_reason = "We talk about people"
        publish(AudienceChanged(group))
    settle(app)
    assert counts(app, "points")[1] == 1


def test_pages_of_no_subject_stand_or_do_not(app: Flask) -> None:
    with app.app_context():
        assert [
            path for path in ("/nothing/here", "/about", "/library", "/wanted/7", "/topics") if not stands(path)
        ] == ["/nothing/here"]


def test_what_else_to_read_comes_with_its_reason(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    priya = cast.person()
    topic = cast.topic("waste", "Waste")
    bins = shelf.guide(priya, "Collecting bins in snow", topic_ids=(topic,), body="[x](/library/spreading-salt)")
    shelf.guide(priya, "Collecting bins on holidays", topic_ids=(topic,))
    shelf.guide(priya, "Collecting library books")
    shelf.guide(priya, "Spreading salt")
    replaced = shelf.guide(priya, "Collecting bins by horse", topic_ids=(topic,))
    shelf.guide(priya, "Links to bins", body="[x](/library/collecting-bins-in-snow)", topic_ids=(topic,))
    viewer = cast.viewer(priya)
    with app.app_context(), transaction():
        ending.supersede(viewer=viewer, guide_id=replaced.id, by_id=bins.id)
    settle(app)
    with app.app_context():
        make(bins.id)
    page = text(client, "/library/collecting-bins-in-snow")
    section = page[page.index('id="related"') :]
    found = re.findall(r'href="/library/([^"]+)">[^<]+</a><ul[^>]*><li>[^<]+</li><li>([^<]+)', section)
    assert found == [
        ("collecting-bins-on-holidays", "Same topic: Waste"),
        ("spreading-salt", "This guide links to it"),
        ("collecting-library-books", "Similar words"),
    ]
    with count_queries(app) as queries:
        text(client, "/library/collecting-bins-in-snow")
    assert len(queries) <= 6, queries.statements


def test_what_else_to_read_is_found_without_reading_it(
    app: Flask, cast: Cast, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    priya, topic = cast.person(), cast.topic("waste", "Waste")
    bins = shelf.guide(priya, "Collecting bins", topic_ids=(topic,))
    other = shelf.guide(priya, "Collecting rubbish", topic_ids=(topic,))
    settle(app)

    def entries(_ids: Any) -> Any:
        raise AssertionError("whole texts are read")

    with app.app_context():
        for name, known in subjects().items():
            monkeypatch.setitem(subjects(), name, replace(known, entries=entries))
        make(bins.id)
        assert db.session.get_one(Guide, bins.id).related == [["guide", other.id, "topic", "Waste"]]


@pytest.mark.parametrize("number", ["", "/1"])
def test_a_permanent_address_leads_to_where_a_guide_is_now(cast: Cast, shelf: Shelf, client: Any, number: str) -> None:
    priya = cast.person()
    guide = shelf.guide(priya, "Old name")
    edit(shelf, priya, guide, "x", "New name")
    answer = client.get(f"/g/{guide.uuid}{number}")
    assert (answer.status_code, answer.location) == (302, "/library/new-name" + ("/history/1" if number else ""))
    page = text(client, "/library/new-name")
    assert f'href="http://localhost/g/{guide.uuid}/2"' in page
    assert "http://localhost/library/new-name/history/1" in text(client, "/library/new-name/history/1")
    draft = shelf.draft(priya, "Not yet")
    assert client.get(f"/g/{draft.uuid}{number}").status_code == 404


def test_citations_survive_what_people_type(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    with app.app_context():
        cited = Citation(
            ["Siân O’Neill", "A & B"], False, "50% {of} $x_y #1", 3, now(), "Site", "Council", "http://x/g/abcdefgh"
        )
        assert r"title = {{50\% \{of\} \$x\_y \#1}}" in cited.bibtex
        assert r"author = {Siân O’Neill and A \& B}" in cited.bibtex
        assert cited.sentence.startswith(f"Siân O’Neill and A & B ({cited.year}) “50% {{of}} $x_y #1”. Version 3, ")
        assert cited.ris.count("AU  - ") == 2
        assert cited.ris.endswith("ER  - \r\n")
    guide = shelf.guide(cast.person(), "Bins", co_author_ids=[cast.person("Owen Pritchard")])
    assert "Priya Raman and Owen Pritchard (" in text(client, "/library/bins")
    assert f"UR  - http://localhost/g/{guide.uuid}\r\n" in text(client, "/library/bins/cite.ris")
    assert client.get("/library/bins/cite.bib").headers["Content-Disposition"] == 'attachment; filename="bins.bib"'
