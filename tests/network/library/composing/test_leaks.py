"""No side door: what is closed or not published shows in no suggestion, no link and no offer to somebody else."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.discussions.models import Discussion
from tests.support.canaries import DRAFT, INSIDERS, OPEN, SECRET, Canaries
from tests.support.sending import find_form, look


def test_what_is_closed_shows_nowhere_while_writing(app: Flask, canaries: Canaries) -> None:
    with app.app_context():
        secret = db.session.scalars(select(Discussion.id).where(Discussion.title.contains(SECRET))).one()
        open_one = db.session.scalars(select(Discussion.id).where(Discussion.title.contains(OPEN))).one()
    for role in canaries.roles:
        client = canaries.client(role)
        if role == "visitor":
            for address in (f"/drafts/titles?q={SECRET}", f"/library/new/from-discussion/{open_one}"):
                assert client.get(address).status_code == 303
            continue
        inside = role in INSIDERS
        found = {word: client.get(f"/drafts/titles?q={word}").get_json()["titles"] for word in (SECRET, DRAFT, OPEN)}
        assert {word: len(titles) for word, titles in found.items()} == {SECRET: 2 * inside, DRAFT: 0, OPEN: 2}
        text = f"[[Working with {SECRET}]] [[Working with {DRAFT}]] [[Asking about {SECRET}]]"
        shown = look(client, "/library/new", title="T", body=text)
        preview = shown.get_data(as_text=True).replace(shown.request.path, "")
        assert (f"/library/working-with-{SECRET}" in preview) == inside
        assert ("/groups/serious-cases/discussions/" in preview) == inside
        assert "/drafts/" not in preview.replace("/drafts/titles", "")
        assert client.get(f"/library/new/from-discussion/{secret}").status_code == (200 if inside else 404)
        beside = client.get(f"/library/new/from-discussion/{open_one}").get_data(as_text=True)
        assert SECRET not in beside
        assert find_form(beside) is not None
