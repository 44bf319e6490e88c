"""The leak matrix: every role looks everywhere for words that only some may read."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import delete, select

from network.core.db import db
from network.core.transaction import transaction
from network.groups.models import Membership
from network.groups.viewers import viewer_of
from network.library.actions.editing import keep_edit
from network.library.models import Guide
from tests.support.canaries import DRAFT, INSIDERS, OPEN, ROLES, SECRET, Canaries


def pages(canaries: Canaries) -> list[str]:
    """Every page that lists, counts or shows anything, and searches for the words themselves."""
    searches = [
        f"/search?q={word}" for word in (SECRET, DRAFT, f"working+{SECRET}", f'"{SECRET}+in+practice"', "-x+cases")
    ]
    searches += [f"/search?q=working&in={kind}" for kind in ("guide", "discussion", "group", "person")]
    searches += ["/search?q=working&sort=newest", "/search?q=asking&topic=open-data", "/search?q=working&kind=guide"]
    # Facets, periods, what is written by whom, corrections, ways out of a failed search, and suggestions.
    searches += ["/search?q=working&in=question", "/search?q=working+carefully+twice", "/search?q=type:question"]
    searches += ["/search?q=working&changed=month", "/search?q=by:member-person", "/search?q=group:serious-cases"]
    searches += [
        "/search?q=working&group=serious-cases",
        f"/search?q={SECRET[:-1]}x",
        f"/search?q=working+{DRAFT[:-1]}x",
    ]
    searches += [f"/search?q={SECRET[:-1]}x&exact=1", "/search?q=working&kind=policy&group=serious-cases"]
    searches += [f"/search/suggest?q={word}" for word in ("wor", "ask", SECRET[:5], DRAFT[:5])]
    lists = ["/", "/?show=guides", "/library", "/library?topic=open-data", "/topics", "/topics/open-data", "/groups"]
    lists += ["/wanted", "/wanted?show=written", "/search", "/saved/searches", "/checks"]
    lists += ["/collections", "/suggestions", "/broken-links", "/adoptions", "/packs/new"]
    lists += ["/library/feed.atom", "/topics/open-data/feed.json", "/library/export", "/feeds"]
    lists += ["/groups?tab=new", "/groups?tab=all", "/questions", "/people", "/organisations", "/about"]
    people = [f"/people/{role}-person" for role in ("member", "facilitator", "author")]
    inside = ["", "/members", "/about", "/guides", "/discussions/1-asking-about-zebrafinch", "/discussions/2-x"]
    own = [
        canaries.discussion,
        canaries.guide,
        canaries.guide + "/history",
        canaries.guide + "/history/1",
        canaries.draft,
    ]
    # What the parts of the library show of one guide.
    ends = ("checks", "flags", "flags/new", "adoptions", "suggestions", "suggest", "files", "links", "collect", "adapt")
    own += [f"{canaries.guide}/{end}" for end in (*ends, "use", "cite.bib", "history/compare")]
    own += [f"{canaries.guide}.md", f"{canaries.guide}.html", canaries.draft + "/files"]
    return searches + lists + people + [canaries.group + part for part in inside] + own + ["/health"]


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_what_is_not_for_them(canaries: Canaries, role: str) -> None:
    client = canaries.client(role)
    for address in pages(canaries):
        text = _without_own_words(client.get(address, follow_redirects=True).get_data(as_text=True))
        if role not in INSIDERS:
            assert SECRET not in text, f"{role} reads the closed group’s word at {address}"
        if role != "author":
            assert DRAFT not in text, f"{role} reads the draft’s word at {address}"


def test_those_whom_it_is_for_do_read_it(canaries: Canaries) -> None:
    for role in INSIDERS:
        client = canaries.client(role)
        for address in (canaries.discussion, canaries.guide, f"/search?q=working+{SECRET}", canaries.group):
            assert SECRET in _without_own_words(client.get(address).get_data(as_text=True)), f"{role} at {address}"
    assert DRAFT in canaries.client("author").get(canaries.draft).get_data(as_text=True)
    for role in ROLES:
        assert OPEN in _without_own_words(canaries.client(role).get("/search?q=working").get_data(as_text=True))


def test_counts_say_the_same_to_outsiders_as_if_the_closed_group_were_empty(canaries: Canaries) -> None:
    text = canaries.client("outsider").get("/search?q=working").get_data(as_text=True)
    inside = canaries.client("member").get("/search?q=working").get_data(as_text=True)
    assert _results(text) < _results(inside)
    assert _results(canaries.client("outsider").get(f"/search?q={SECRET}").get_data(as_text=True)) == 0
    assert _results(canaries.client("moderator").get(f"/search?q={SECRET}").get_data(as_text=True)) == 0


def test_what_exists_and_what_does_not_look_the_same_from_outside(canaries: Canaries) -> None:
    for role in ("visitor", "outsider", "requested", "moderator"):
        client = canaries.client(role)
        there = client.get(canaries.discussion)
        nowhere = client.get(canaries.group + "/discussions/77-nothing")
        assert there.status_code == nowhere.status_code
        assert client.get(canaries.guide).status_code == 404 == client.get("/library/no-such-guide").status_code


def test_leaving_the_group_ends_reading_at_once(canaries: Canaries) -> None:
    client = canaries.client("member")
    assert client.get(canaries.discussion).status_code == 200
    page = client.get(canaries.group + "/leave").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    client.post(canaries.group + "/leave", data={"csrf_token": token[1]})
    assert client.get(canaries.discussion).status_code == 403
    assert SECRET not in _without_own_words(client.get(f"/search?q=working+{SECRET}").get_data(as_text=True))


def _without_own_words(page: str) -> str:
    """The page without what the looker typed: the search box, the heading, the title and addresses repeat it."""
    page = re.sub(r"<title>.*?</title>|<h1.*?</h1>|<input[^>]*>", "", page, flags=re.S)
    return re.sub(r'(?:href|action|value)="[^"]*"', "", page)


def _results(page: str) -> int:
    found = re.search(r"<title>(\d+) result", page)
    return int(found[1]) if found else 0


def test_those_who_left_do_not_see_new_titles_of_what_they_wrote(canaries: Canaries) -> None:
    """An unfinished edit and a check that is due would show the title, which may have changed since."""
    app, person = canaries.app, canaries.roles["member"] or 0
    with app.app_context():
        guide = db.session.scalars(select(Guide).where(Guide.title.contains(SECRET))).one()
        with transaction():
            keep_edit(viewer=viewer_of(person), guide_id=guide.id, base_version=1, fields={})
            db.session.get_one(Guide, guide.id).check_state = "due"
    client = canaries.client("member")
    before = [_without_own_words(client.get(address).get_data(as_text=True)) for address in ("/", "/drafts")]
    assert all(SECRET in page for page in before)
    with app.app_context(), transaction():
        db.session.execute(delete(Membership).where(Membership.person_id == person))
    for address in ("/", "/drafts"):
        assert SECRET not in client.get(address).get_data(as_text=True), address
