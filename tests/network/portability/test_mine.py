"""One's own archive: all that somebody wrote, nothing that others said behind a closed door, and guides come back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, func, select, update

from network.attachments.pictures import store_picture
from network.core.db import db
from network.core.transaction import transaction
from network.discussions.actions import follow_post
from network.groups.models import Group, Membership
from network.library.actions.commenting import comment
from network.library.actions.editing import edit
from network.library.actions.ending import withdraw
from network.library.adoptions.actions import Told, tell, use
from network.library.adoptions.hiding import hide as hide_use
from network.library.collections import actions as collections
from network.library.collections.models import Collection
from network.library.flags.actions import flag
from network.library.importing.archives import CannotRead
from network.library.importing.documents import Limits
from network.library.importing.own import front_matter, open_own
from network.library.models import Guide
from network.library.suggestions import actions as suggesting
from network.library.suggestions.actions import Proposal
from network.people.actions import set_photo
from network.portability.mine import posts as own_posts
from network.threads.actions import edit_post, withdraw_post
from network.threads.models import Post
from network.threads.writing import render_post
from tests.network.discussions.talk import Started, Talk
from tests.network.library.incoming.conftest import Importer
from tests.network.library.shelf import Shelf, content
from tests.network.portability.travel import elsewhere, files_of, unpacked
from tests.support.cast import Cast
from tests.support.pictures import photograph
from tests.support.queries import count_queries
from tests.support.sending import send

SECRET = "zebrafinch"  # What others said in the closed group.
MINE = "lanternfish"  # What Owen said, wherever.


@dataclass
class Desk:
    """Owen, who writes everywhere, and Priya, whose closed group he belongs to."""

    app: Flask
    cast: Cast
    shelf: Shelf
    talk: Talk
    owen: int
    priya: int
    closed: int
    opened: int

    def comment(self, guide: Guide, body: str) -> None:
        with self.app.app_context():
            html, viewer = render_post(body).html, self.cast.viewer(self.owen)
            with transaction():
                comment(viewer=viewer, guide_id=guide.id, body=body, html=html)

    def suggest(self, guide: Guide, body: str, why: str) -> None:
        given = Proposal(base_version=1, title=guide.title, summary=guide.summary, body=body, why=why)
        viewer = self.cast.viewer(self.owen)
        with self.app.app_context(), transaction():
            suggesting.send(viewer=viewer, guide_id=guide.id, proposal=given)

    def withdraw(self, started: Started, number: int, by: int, reason: str) -> None:
        viewer = self.cast.viewer(by)
        with self.app.app_context(), transaction():
            query = select(Post.id).where(Post.thread_id == started.thread_id, Post.number == number)
            post = withdraw_post(
                post_id=db.session.scalars(query).one(), viewer=viewer, keeps_order=True, reason=reason
            )
            follow_post(discussion_id=started.id, post=post)

    def leave(self) -> None:
        with self.app.app_context(), transaction():
            mine = (Membership.group_id == self.closed, Membership.person_id == self.owen)
            db.session.execute(delete(Membership).where(*mine))

    def archive(self, person: int | None = None) -> dict[str, bytes]:
        answer = self.cast.client(person or self.owen).get("/library/export/mine.zip")
        assert answer.status_code == 200
        return files_of(answer.data)

    def read(self, path: str) -> tuple[dict[str, Any], str]:
        return front_matter(self.archive()[path].decode(), path)


@pytest.fixture
def desk(app: Flask, cast: Cast, shelf: Shelf) -> Desk:
    cast.organisation()
    owen, priya = cast.person("Owen Pritchard"), cast.person("Priya Raman")
    closed = cast.group("cases", closed=True, facilitators=(priya,), members=(owen,))
    opened = cast.group("planning", facilitators=(priya,))
    return Desk(app, cast, shelf, Talk(app), owen, priya, closed, opened)


def everything(files: dict[str, bytes]) -> str:
    return "\n".join(files) + "".join(data.decode("utf-8", "ignore") for data in files.values())


def test_the_day_of_an_archive_is_that_of_the_place(desk: Desk) -> None:
    half_past_midnight_in_london = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    with time_machine.travel(half_past_midnight_in_london):
        about = desk.archive()["README.txt"].decode()
    assert "2026-07-02" in about
    assert "2026-07-01" not in about


def test_each_post_leaves_as_it_was_written_with_where_and_when(desk: Desk) -> None:
    started = desk.talk.start(desk.opened, desk.priya, title="Which register?")
    body = "> Priya Raman wrote:\n> We tried.\n\n---\n\nSee [ours](/library/damp).\n"
    number = desk.talk.reply(started, desk.owen, body)
    desk.talk.accept(started, number, desk.priya)
    guide = desk.shelf.guide(desk.priya, "Damp")
    desk.comment(guide, "It worked for us.")
    fields, text = desk.read("posts/groups/planning/discussions/1/2.md")
    assert text == body
    assert fields["address"] == f"http://localhost{started.address}#post-2"
    assert fields["group"] == {"name": "Planning", "address": "http://localhost/groups/planning"}
    assert fields["discussion"] == {"number": 1, "kind": "question", "title": "Which register?"}
    assert (fields["number"], fields["accepted_answer"]) == (2, True)
    assert fields["uuid"] == str(desk.talk.posts(started)[1].uuid)
    assert fields["written"] == desk.talk.posts(started)[1].created_at.isoformat()
    fields, text = desk.read("posts/library/damp/1.md")
    assert (fields["guide"]["title"], text) == ("Damp", "It worked for us.")
    assert "accepted_answer" not in fields
    # What Priya said is Priya's.
    assert "posts/groups/planning/discussions/1/1.md" not in desk.archive()


def test_own_words_leave_with_who_left_a_closed_group_and_nobody_elses(desk: Desk) -> None:
    title = f"About {SECRET}"
    theirs = desk.talk.start(desk.closed, desk.priya, title=title, body=f"{SECRET} again")
    desk.talk.reply(theirs, desk.owen, f"I think {MINE}")
    desk.talk.reply(theirs, desk.owen, f"Rude {MINE}")
    desk.withdraw(theirs, 3, desk.priya, f"Against {SECRET}")
    desk.talk.start(desk.closed, desk.owen, title=f"My own {MINE}", body="Mine.")
    guide = desk.shelf.guide(desk.priya, f"Working with {SECRET}", group_id=desk.closed, body=f"{SECRET} first.\n")
    desk.comment(guide, f"As {MINE} says")
    desk.suggest(guide, f"{SECRET} first. Then {MINE}.\n", f"Because {MINE}")
    viewer = desk.cast.viewer(desk.owen)
    with desk.app.app_context(), transaction():
        use(viewer=viewer, guide_id=guide.id)
    before = everything(desk.archive())
    assert f"About {SECRET}" in before
    assert f"Against {SECRET}" in before
    assert f"{SECRET} first. Then {MINE}" in before
    desk.leave()
    files = desk.archive()
    assert SECRET not in everything(files)
    kept = {path for path in files if MINE.encode() in files[path]}
    uuid = str(guide.uuid)
    assert kept == {
        "posts/groups/cases/discussions/1/2.md",
        "posts/groups/cases/discussions/2/1.md",
        f"posts/library/{uuid}/1.md",
        f"suggestions/{uuid}/1.md",
        "index.html",
    }
    fields, text = desk.read(f"suggestions/{uuid}/1.md")
    assert (fields["why"], text) == (f"Because {MINE}", "")
    assert fields["text"] == "left out: you cannot read the guide now"
    fields, _ = desk.read("posts/groups/cases/discussions/2/1.md")
    assert fields["discussion"]["title"] == f"My own {MINE}"
    assert json.loads(files["adoptions.json"])[0].get("guide") is None


def test_what_was_taken_back_says_so_and_what_was_hidden_has_no_text(desk: Desk) -> None:
    started = desk.talk.start(desk.opened, desk.priya)
    for body in ("Taken back", "Rude words"):
        desk.talk.reply(started, desk.owen, body)
    desk.withdraw(started, 2, desk.owen, "")
    desk.withdraw(started, 3, desk.priya, "Be kind")
    hidden = desk.talk.start(desk.opened, desk.owen, title="Rude title", body="Rude question")
    desk.withdraw(hidden, 1, desk.priya, "Be kind")
    fields, text = desk.read("posts/groups/planning/discussions/1/2.md")
    assert text == "Taken back"
    assert "withdrawn" in fields
    fields, text = desk.read("posts/groups/planning/discussions/1/3.md")
    assert text == ""
    assert fields["reason"] == "Be kind"
    assert "hidden" in fields
    assert "Rude" not in everything(desk.archive())


def test_a_hidden_suggestion_and_a_hidden_word_about_use_stay_hidden(desk: Desk) -> None:
    guide = desk.shelf.guide(desk.priya, "Damp", group_id=desk.opened)
    owen, priya = desk.cast.viewer(desk.owen), desk.cast.viewer(desk.priya)
    desk.suggest(guide, "Rude body\n", "Rude why")
    desk.suggest(guide, "Better body\n", "A kind why")
    with desk.app.app_context():
        with transaction():
            suggesting.hide(viewer=priya, guide_id=guide.id, number=1, reason="Be kind")
            suggesting.decline(viewer=priya, guide_id=guide.id, number=2, answer="Not now")
            used = use(viewer=owen, guide_id=guide.id)
            tell(viewer=owen, adoption_id=used.id, told=Told("worked", "Rude use", used.month, may_be_asked=True))
        assert "Rude use" in everything(desk.archive())
        with transaction():
            hide_use(viewer=priya, adoption_id=used.id, reason="Be kind")
    assert "Rude" not in everything(desk.archive())
    fields, text = desk.read("suggestions/damp/2.md")
    assert (text, fields["why"], fields["state"]) == ("Better body\n", "A kind why", "declined")
    assert fields["outcome"]["answer"] == "Not now"
    fields, _ = desk.read("suggestions/damp/1.md")
    assert (fields["state"], fields["text"]) == ("hidden", "left out: it was hidden")


def test_adoptions_are_a_table_that_holds_no_formula_and_no_words_of_a_colleague(desk: Desk) -> None:
    first, second = desk.shelf.guide(desk.priya, "=Damp"), desk.shelf.guide(desk.priya, "Mould")
    owen, sam = desk.cast.viewer(desk.owen), desk.cast.viewer(desk.cast.person("Sam Okafor"))
    with desk.app.app_context(), transaction():
        mine = use(viewer=owen, guide_id=first.id)
        tell(viewer=owen, adoption_id=mine.id, told=Told("worked", "Half the calls", mine.month, may_be_asked=False))
        for viewer in (sam, owen):
            theirs = use(viewer=viewer, guide_id=second.id)
        tell(viewer=sam, adoption_id=theirs.id, told=Told("did-not-work", "Sam says", mine.month, may_be_asked=True))
    files = desk.archive()
    rows = list(csv.DictReader(io.StringIO(files["adoptions.csv"].decode("utf-8-sig"))))
    assert [(row["guide"], row["result"], row["text"]) for row in rows] == [
        ("'=Damp", "worked", "Half the calls"),
        ("Mould", "", ""),
    ]
    told = json.loads(files["adoptions.json"])
    assert (told[0]["guide"], told[0]["may_be_asked"]) == ("=Damp", False)
    assert "Sam says" not in everything(files)


def test_what_a_colleague_replaced_leaves_with_who_wrote_it(desk: Desk) -> None:
    guide = desk.shelf.guide(desk.priya, "Mould")
    owen, sam = desk.cast.viewer(desk.owen), desk.cast.viewer(desk.cast.person("Sam Okafor"))
    with desk.app.app_context(), transaction():
        for viewer, words in ((owen, "Owen says"), (sam, "Sam says")):
            used = use(viewer=viewer, guide_id=guide.id)
            tell(viewer=viewer, adoption_id=used.id, told=Told("worked", words, used.month, may_be_asked=True))
    (told,) = json.loads(desk.archive()["adoptions.json"])
    assert (told["result"], told["text"], "replaced" in told) == ("worked", "Owen says", True)
    assert "Sam says" not in everything(desk.archive())


def test_collections_and_flags_leave_with_their_words_and_nothing_from_behind_a_closed_door(desk: Desk) -> None:
    seen = desk.shelf.guide(desk.priya, "Damp")
    secret = desk.shelf.guide(desk.priya, f"About {SECRET}", group_id=desk.closed)
    owen = desk.cast.viewer(desk.owen)
    with desk.app.app_context(), transaction():
        kept = collections.begin(viewer=owen, title="Dry houses", purpose="To begin with")
        for guide, note in ((seen, "Read it first"), (secret, MINE)):
            collections.add(viewer=owen, collection_id=kept.id, thing=collections.Thing("guide", guide.id), note=note)
            flag(viewer=owen, guide_id=guide.id, reason=f"Old: {note}")
        collections.begin(viewer=desk.cast.viewer(desk.priya), title="Not his", purpose="Hers")
    desk.leave()
    files = desk.archive()
    (told,) = json.loads(files["collections.json"])
    assert (told["title"], told["purpose"]) == ("Dry houses", "To begin with")
    assert [(item.get("title"), item["note"]) for item in told["items"]] == [("Damp", "Read it first"), (None, MINE)]
    said = json.loads(files["flags.json"])
    assert [(one["guide"].get("title"), one["reason"]) for one in said] == [
        ("Damp", "Old: Read it first"),
        (None, f"Old: {MINE}"),
    ]
    assert SECRET not in everything(files)
    assert b"collections.json" in files["index.html"]
    about = files["README.txt"].decode()
    assert not [name for name in files if name.partition("/")[0] not in (*about.split(), "README.txt")]
    with desk.app.app_context(), transaction():
        db.session.get_one(Collection, kept.id).hidden_at = seen.published_at
    assert "Dry houses" not in everything(desk.archive())


def test_the_profile_leaves_with_its_photo_and_without_an_address_for_mail(desk: Desk) -> None:
    with desk.app.app_context():
        stored = store_picture(photograph((200, 200)), "me.jpg")
        with transaction():
            set_photo(desk.owen, stored)
    files = desk.archive()
    profile = json.loads(files["profile.json"])
    assert (profile["name"], profile["organisation"]) == ("Owen Pritchard", "Harrowdale Council")
    assert files[profile["photo"]].startswith((b"RIFF", b"\xff\xd8", b"\x89PNG"))
    assert "@" not in everything({"profile": files["profile.json"]})


def test_nobody_gets_another_persons_archive(desk: Desk) -> None:
    started = desk.talk.start(desk.closed, desk.owen, title="Mine", body=MINE)
    guide = desk.shelf.guide(desk.priya, "Damp")
    desk.comment(guide, MINE)
    desk.suggest(guide, MINE, MINE)
    assert MINE in everything(desk.archive())
    assert MINE not in everything(desk.archive(desk.priya))
    assert MINE not in everything(desk.archive(desk.cast.person("Sam Okafor")))
    assert desk.cast.client().get("/library/export/mine.zip").status_code == 303
    assert started.address not in everything(desk.archive(desk.cast.person("Sam Okafor")))


def test_guides_come_back_and_the_rest_stays_out_by_name(desk: Desk, tmp_path: Path) -> None:
    desk.shelf.guide(desk.owen, "Damp")
    started = desk.talk.start(desk.opened, desk.owen)
    desk.comment(desk.shelf.guide(desk.priya, "Mould"), "It worked.")
    data = desk.cast.client(desk.owen).get("/library/export/mine.zip").data
    manifest = json.loads(files_of(data)["manifest.json"])
    assert (manifest["beside"]["posts"], len(manifest["guides"])) == (2, 1)
    other = elsewhere(tmp_path / "other")
    there = Cast(other).person("Nia Walker")
    report = unpacked(other, data, there)
    assert (len(report.new), report.skipped) == (1, [])
    assert report.remarks == [("profile.json, posts, index.html", "stays in the archive: only guides come in")]
    assert unpacked(other, data, there).unchanged == report.new
    with other.app_context():
        assert db.session.scalar(select(func.count(Post.id))) == 0
    assert started.address.startswith("/groups/planning")


def test_the_web_takes_it_too_however_many_posts_lie_beside(desk: Desk) -> None:
    desk.shelf.draft(desk.owen, "Damp")
    started = desk.talk.start(desk.opened, desk.owen)
    for _ in range(8):
        desk.talk.reply(started, desk.owen)
    data = desk.cast.client(desk.owen).get("/library/export/mine.zip").data
    assert len(files_of(data)) > 12
    assert open_own(io.BytesIO(data), Limits(files=6)) is not None
    with pytest.raises(CannotRead, match="more than 3 files"):
        open_own(io.BytesIO(data), Limits(files=3))
    importer = Importer(desk.app, desk.cast.person("Sam Okafor"))
    page = importer.page(importer.read({"mine.zip": data}))
    assert "1 guide can come in" in page
    assert "profile.json, posts, index.html</strong>: stays in the archive: only guides come in" in page


def test_who_has_no_guide_takes_their_posts(desk: Desk) -> None:
    desk.talk.start(desk.opened, desk.owen, title="<Which> & why?")
    files = desk.archive()
    assert "guides and drafts: none yet" in desk.cast.client(desk.owen).get("/library/export").text
    assert not [path for path in files if path.startswith("guides/")]
    page = files["index.html"].decode()
    assert "&lt;Which&gt; &amp; why?" in page
    assert 'href="posts/groups/planning/discussions/1/1.md"' in page
    assert "posts             each post" in files["README.txt"].decode()


def test_posts_are_read_some_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    started = desk.talk.start(desk.opened, desk.owen)
    for _ in range(6):
        desk.talk.reply(started, desk.owen)
    client = desk.cast.client(desk.owen)
    with count_queries(desk.app) as all_at_once:
        assert len(files_of(client.get("/library/export/mine.zip").data)) > 7
    assert len(all_at_once) <= 15, all_at_once.statements
    monkeypatch.setattr(own_posts, "BATCH", 2)
    with count_queries(desk.app) as by_twos:
        assert len(files_of(client.get("/library/export/mine.zip").data)) > 7
    assert len(by_twos) == len(all_at_once) + 3


def test_of_a_withdrawn_guide_one_takes_along_what_one_changed_and_nothing_else(desk: Desk) -> None:
    guide = desk.shelf.guide(desk.priya, "Damp", body="Old words.\n\nNever mind.\n\nThe end.\n")
    desk.comment(guide, MINE)
    desk.suggest(guide, "Old words.\n\nNever mind the smell.\n\nThe end.\n\nOpen a window.\n", "Newer")
    viewer = desk.cast.viewer(desk.priya)
    with desk.app.app_context(), transaction():
        withdraw(viewer=viewer, guide_id=guide.id, reason="Wrong")
    assert desk.read("posts/library/damp/1.md")[0]["guide"]["title"] == "Damp"
    fields, text = desk.read("suggestions/damp/1.md")
    assert text == "Never mind the smell.\n\nOpen a window.\n"
    assert fields["text"] == "only what you changed: the guide was withdrawn"
    assert (fields["why"], "title" in fields) == ("Newer", False)
    for words in ("Old words", "The end"):
        assert words not in everything(desk.archive())


def test_ones_own_guides_leave_when_they_are_withdrawn_too(desk: Desk) -> None:
    guide = desk.shelf.guide(desk.owen, "Damp", body="Old words.\n", co_author_ids=[desk.priya])
    in_group = desk.shelf.guide(desk.owen, "Mould", group_id=desk.closed, body=f"{SECRET}\n")
    viewer = desk.cast.viewer(desk.owen)
    with desk.app.app_context():
        newer = content("Damp", body="New words.\n")
        with transaction():
            edit(viewer=viewer, guide_id=guide.id, content=newer, note="Anew")
            withdraw(viewer=viewer, guide_id=guide.id, reason="The law changed")
            withdraw(viewer=viewer, guide_id=in_group.id, reason="Wrong")
    desk.leave()
    for person in (desk.owen, desk.priya):
        files = desk.archive(person)
        fields, text = front_matter(files["guides/damp/guide.md"].decode(), "")
        assert (text, fields["state"]) == ("New words.\n", "withdrawn")
        assert fields["withdrawn"]["reason"] == "The law changed"
        assert front_matter(files["guides/damp/versions/1.md"].decode(), "")[1] == "Old words.\n"
    assert SECRET not in everything(desk.archive())
    assert not [path for path in desk.archive(desk.cast.person("Tom Adeyemi")) if path.startswith("guides/")]
    archive = open_own(io.BytesIO(desk.cast.client(desk.owen).get("/library/export/mine.zip").data), Limits())
    assert archive is not None
    (own,) = map(archive.guide, archive.entries)
    assert (own.state, len(own.versions)) == ("draft", 2)


def test_an_edit_that_is_not_finished_leaves_with_who_began_it(desk: Desk) -> None:
    opened = desk.shelf.guide(desk.priya, "Damp", body="Old words.\n", co_author_ids=[desk.owen])
    closed = desk.shelf.guide(desk.priya, "Cases", body=f"{SECRET}\n", group_id=desk.closed, co_author_ids=[desk.owen])
    client = desk.cast.client(desk.owen)
    typed = {"act": "draft", "note": "Shorter"}
    assert send(client, "/library/damp/edit", **typed, body=f"Old words.\n\n{MINE}\n").status_code == 303
    assert send(client, f"/library/{closed.slug}/edit", **typed, body=f"{SECRET}\n\nBring {MINE}.\n").status_code == 303
    files = desk.archive()
    fields, text = front_matter(files["edits/damp.md"].decode(), "")
    assert text == f"Old words.\n\n{MINE}\n"
    assert (fields["guide"]["uuid"], fields["note"], fields["based_on_version"]) == (str(opened.uuid), "Shorter", 1)
    assert 'href="edits/damp.md"' in files["index.html"].decode()
    assert "edits/damp.md" not in desk.archive(desk.priya)
    desk.leave()
    files = desk.archive()
    assert front_matter(files[f"edits/{closed.uuid}.md"].decode(), "")[1] == f"Bring {MINE}.\n"
    assert SECRET not in everything(files)


def test_of_a_guide_in_a_closed_group_one_takes_along_only_what_holds_nothing_of_it(desk: Desk) -> None:
    body = f"Meet {SECRET} first.\n\n{SECRET}\n\nThen write it all down.\n"
    guide = desk.shelf.guide(desk.priya, "Damp", group_id=desk.closed, body=body)
    added = f"Bring {MINE} along.", f"Ask {SECRET} too.", "So: then write it all down, and sign."
    desk.suggest(
        guide,
        f"{body}\nMore of the same.\n".replace("first.", "last.") + "".join(f"\n{one}\n" for one in added),
        "Newer",
    )
    desk.leave()
    files = desk.archive()
    fields, text = desk.read(f"suggestions/{guide.uuid}/1.md")
    assert text == f"More of the same.\n\nBring {MINE} along.\n"
    assert fields["text"] == "only paragraphs that you added: you cannot read the guide now"
    assert SECRET not in everything(files)


def test_a_group_that_closes_shuts_for_its_former_guests_only_what_others_said(desk: Desk) -> None:
    theirs = desk.talk.start(desk.opened, desk.priya, title=f"About {SECRET}")
    desk.talk.reply(theirs, desk.owen, MINE)
    with desk.app.app_context():
        posted = desk.talk.posts(theirs)[1].id
        html, viewer = render_post(f"{MINE}, edited").html, desk.cast.viewer(desk.owen)
        with transaction():
            edit_post(post_id=posted, viewer=viewer, version=1, body=f"{MINE}, edited", html=html)
            closing = {"openness": "closed", "closed_reason": "We talk about people"}
            db.session.execute(update(Group).where(Group.id == desk.opened).values(**closing))
    files = desk.archive()
    assert SECRET not in everything(files)
    fields, text = desk.read("posts/groups/planning/discussions/1/2.md")
    assert text == f"{MINE}, edited"
    assert "edited" in fields
