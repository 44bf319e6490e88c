"""Co-authors are told once that they were named, only while they are, and not when they want no such mails."""

from __future__ import annotations

from flask import Flask

from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.mails import mails
from tests.support.sending import send


def test_who_is_named_is_told_once_and_can_stop_it(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person("Priya Raman"))
    cast.person("Leila Nasser", email="leila@marlow.example")
    draft = send(client, "/library/new", act="draft", title="Bins", co_authors="leila-nasser").location
    (mail,) = mails(app)
    assert (mail.to, mail.subject) == ("leila@marlow.example", "Priya Raman named you co-author of “Bins”")
    links = [piece for piece, is_link in mail.parts if is_link]
    assert any(link.endswith(draft) for link in links)
    for names in ("leila-nasser", "", "leila-nasser"):
        send(client, draft, act="draft", co_authors=names)
    assert len(mails(app)) == 1
    stop = next(link for link in links if "/co-authors/stop/" in link).removeprefix("http://localhost")
    visitor = cast.client()
    assert "Stop these mails" in visitor.get(stop).get_data(as_text=True)
    send(client, "/library/new", act="draft", title="Lorries", co_authors="leila-nasser")
    assert len(mails(app)) == 2
    assert visitor.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    send(client, "/library/new", act="draft", title="Carts", co_authors="leila-nasser")
    assert len(mails(app)) == 2
    assert visitor.get("/co-authors/stop/forged").status_code == 404


def test_nobody_hears_of_what_they_may_not_read(app: Flask, cast: Cast) -> None:
    priya, _, _ = (cast.person(name) for name in ("Priya Raman", "Leila Nasser", "Moss Green"))
    group = cast.group("cases", closed=True, members=(priya,))
    client = cast.client(priya)
    send(client, "/library/new", act="draft", title="Secret", co_authors="leila-nasser", group=str(group))
    quick = send(client, "/library/new", act="draft", title="Open", co_authors="moss-green").location
    send(client, quick, act="draft", co_authors="")
    assert mails(app) == []
    published = Shelf(cast).guide(priya, "Carts")
    send(client, f"/library/{published.slug}/edit", act="publish", co_authors="moss-green", note="Named")
    assert [mail.subject for mail in mails(app)] == ["Priya Raman named you co-author of “Carts”"]
    assert "Moss" in client.get(f"/library/{published.slug}").get_data(as_text=True)
