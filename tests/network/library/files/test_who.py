"""Who gets which file, and who may change it: roles by states. Nothing of what is closed leaks by its files."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select, update

from network.attachments.models import INFECTED, WAITING, StoredFile
from network.core.db import db
from network.core.transaction import transaction
from network.library.models import Guide
from tests.network.library.files.conftest import Cabinet
from tests.support.canaries import INSIDERS, Canaries
from tests.support.cast import Cast
from tests.support.office import word
from tests.support.sending import send, token

EVERYBODY = {"visitor", "author", "outsider", "requested", "member", "facilitator", "moderator", "administrator"}
WORD = "axolotlry"  # In every file that is not for everybody.


def guide_id(app: Flask, address: str) -> int:
    with app.app_context():
        return db.session.scalars(select(Guide.id).where(Guide.slug == address.rsplit("/", 1)[1])).one()


def set_state(app: Flask, address: str, state: str) -> None:
    with app.app_context(), transaction():
        db.session.execute(update(StoredFile).where(StoredFile.name == address[7:]).values(state=state))


def getters(canaries: Canaries, address: str) -> set[str]:
    return {role for role in canaries.roles if canaries.client(role).get(address).status_code == 200}


def test_files_are_had_by_whoever_may_read_their_guide(
    app: Flask, cast: Cast, cabinet: Cabinet, canaries: Canaries
) -> None:
    roles: dict[str, Any] = canaries.roles
    opened = cabinet.shelf.guide(roles["author"], "An open one")
    closed = guide_id(app, canaries.guide)
    draft = int(canaries.draft.rsplit("/", 1)[1])
    public = cabinet.add(roles["author"], opened.id)
    newer = cabinet.replace(roles["author"], opened.id)
    secret = cabinet.add(roles["member"], closed, word(WORD), title=f"All about {WORD}", description=WORD)
    old_secret, secret = secret, cabinet.replace(roles["member"], closed, data=word(WORD, "again"))
    private = cabinet.add(roles["author"], draft, word(WORD), title=f"All about {WORD}")
    expected = {public: EVERYBODY, newer: EVERYBODY, private: {"author"}, secret: INSIDERS, old_secret: INSIDERS}
    assert {address: getters(canaries, address) for address in expected} == expected
    for role in EVERYBODY - INSIDERS:
        client = canaries.client(role)
        for address in (
            f"/search?q={WORD}",
            f"/search/suggest?q={WORD[:6]}",
            "/library",
            "/",
            f"{canaries.guide}/files",
        ):
            page = client.get(address)
            shown = page.get_data(as_text=True)
            assert f"All about {WORD}" not in shown, f"{role} sees it at {address}"
            assert "/files/" not in shown, f"{role} is led to a file at {address}"
        assert client.get(f"{canaries.guide}/files").status_code == 404
        assert "Found in" not in client.get(f"/search?q={WORD}").get_data(as_text=True)
    assert "Found in" in canaries.client("member").get(f"/search?q={WORD}").get_data(as_text=True)
    for state in (WAITING, INFECTED):
        set_state(app, newer, state)
        assert getters(canaries, newer) == set(), f"nobody gets a file that is {state}"
        assert getters(canaries, public) == EVERYBODY, "the version before stays"
    send(cast.client(roles["author"]), f"/library/{opened.slug}/withdraw", reason="It is wrong")
    assert getters(canaries, public) == set(), "a withdrawn guide takes its files along"


ACTS = ("/add", "/1/replace", "/1/describe", "/1/remove", "/1/up", "/1/down")


def test_only_those_who_may_edit_change_files(app: Flask, cast: Cast, cabinet: Cabinet) -> None:
    author, helper, facilitator, other = (
        cast.person(name) for name in ("Priya Raman", "Owen Pritchard", "Grace Adeyemi", "Joe Mistry")
    )
    moderator = cast.person("Fatima Siddiqui", role="moderator")
    group = cast.group("records", facilitators=(facilitator,))
    guide = cabinet.shelf.guide(author, co_author_ids=(helper,), group_id=None)
    cabinet.add(author, guide.id)
    draft = cabinet.shelf.draft(author, co_author_ids=(helper,))
    cabinet.add(author, draft.id)
    assert group

    def allowed(person: int | None, at: str) -> set[str]:
        client = cast.client(person)
        data = {"csrf_token": token(client, "/search/feedback" if person else "/sign-in")} if person else {}
        found = set()
        for act in ACTS:
            post_only = act in ("/1/up", "/1/down")
            answer = client.post(at + act, data=data) if post_only else client.get(at + act)
            if answer.status_code in (200, 303) and "/sign-in" not in (answer.location or ""):
                found.add(act)
        return found

    published, unpublished = f"/library/{guide.slug}/files", f"/drafts/{draft.id}/files"
    for person, may in ((author, True), (helper, True), (other, False), (moderator, False), (facilitator, False)):
        assert allowed(person, published) == (set(ACTS) if may else set()), person
        assert allowed(person, unpublished) == (set(ACTS) if may else set()), person
    assert cast.client(other).get(f"{published}/add").status_code == 403
    assert cast.client(other).get(f"{unpublished}/add").status_code == 404
    assert cast.client().get(f"{published}/add").location.startswith("/sign-in?next=")
    assert "Add a file" not in cast.client(other).get(published).get_data(as_text=True)
    with app.app_context():
        assert len(db.session.scalars(select(StoredFile.id)).all()) == 2
