"""Somebody who has done a little of everything, and the pages on which they are named."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery.wanted import actions as wanted
from network.feeds import keys
from network.leaving.actions import close
from network.leaving.choices import Choices
from network.library.actions.commenting import comment
from network.library.actions.editing import edit
from network.library.adoptions import actions as uses
from network.library.checks import today
from network.library.collections import actions as collections
from network.library.flags.actions import flag
from network.library.models import Guide
from network.library.queries.writing import text_of
from network.library.rules import Owner
from network.library.suggestions import actions as suggestions
from network.library.suggestions.actions import Proposal
from network.people.actions import set_skills, update_profile
from network.threads.models import Post
from network.threads.writing import render_post
from tests.network.discussions.talk import Started, Talk
from tests.network.library.shelf import BODY, Shelf, content
from tests.support.cast import Cast

NAME, HANDLE, EMAIL = "Xanthe Quillfeather", "xanthe-quillfeather", "xq.private@harrowdale.example"
TRACES = ("Xanthe", "Quillfeather", HANDLE, EMAIL)
WORDS = "Marmalade comes first."


class Life:
    """Xanthe's. Others are Owen, who owns a guide and asks, and Nia, who belongs to her group."""

    def __init__(self, app: Flask) -> None:
        self.app, self.cast = app, Cast(app)
        self.shelf, self.talk = Shelf(self.cast), Talk(app)
        self.cast.organisation("harrowdale")
        self.admin = self.cast.person("Ada Min", role="administrator", email="ada@nowhere.example")
        self.owen = self.cast.person("Owen Pritchard", email="owen@elsewhere.example")
        self.nia = self.cast.person("Nia Rees", email="nia@elsewhere.example")
        self.xanthe = self.cast.person(NAME, email=EMAIL, job_title="Registrar")
        self.group = self.cast.group("registers", facilitators=(self.xanthe,), members=(self.nia,))
        self.closed = self.cast.group("quiet-room", closed=True, members=(self.xanthe, self.nia))
        self.other_group, self.named_before = 0, dict[str, list[str]]()
        self.pages: list[str] = []
        self._profile()
        self._talk()
        self._guides()
        self._others_guide()
        while drain(app):
            pass

    def leave(self, **chosen: Any) -> None:
        """She closes her account, and the worker follows."""
        self.leave_as(self.xanthe, **chosen)

    def leave_as(self, person: int, **chosen: Any) -> None:
        """Somebody closes their account, and the worker follows."""
        with self.app.app_context():
            account_id = self.viewer(person).account_id
            with transaction():
                assert close(account_id=account_id, choices=Choices(**chosen), by_id=person)
        while drain(self.app):
            pass

    def viewer(self, person: int) -> Any:
        """As a request would have it."""
        return self.cast.viewer(person)

    def guide(self, title: str) -> Guide:
        """A guide by its title, as stored now."""
        with self.app.app_context():
            return db.session.scalars(select(Guide).where(Guide.title == title)).one()

    def post(self, started: Started, number: int) -> Post:
        """A post of a discussion, as stored now."""
        return next(post for post in self.talk.posts(started) if post.number == number)

    def _profile(self) -> None:
        with self.app.app_context(), transaction():
            update_profile(self.xanthe, about="I keep registers.", about_html="<p>I keep registers.</p>")
            set_skills(self.xanthe, can_help_with=["registers"], interests=["bees"])
        with self.app.app_context(), transaction():
            link = f"Ask [{NAME}](/people/{HANDLE})."
            update_profile(self.owen, about=link, about_html=f'<p>Ask <a href="/people/{HANDLE}">{NAME}</a>.</p>')
        self.pages += ["/", "/people", "/people?q=registers", "/people/owen-pritchard", "/groups", "/groups/registers"]
        self.pages += [
            "/organisations/harrowdale",
            "/library",
            "/library/feed.atom",
            "/library/feed.json",
            "/topics",
            "/about",
        ]

    def _talk(self) -> None:
        """She asks and is answered; she answers, is quoted, and her answer is accepted."""
        self.asked = self.talk.start(self.group, self.xanthe, title="Who counts the spoons?", body=WORDS)
        self.talk.reply(self.asked, self.owen, "I do.")
        self.answered = self.talk.start(self.group, self.owen, title="Jam or butter?", asked_person_id=self.xanthe)
        self.talk.reply(self.answered, self.xanthe, WORDS)
        client = self.cast.client(self.owen)
        page = client.get(f"{self.answered.address}?quote=2").get_data(as_text=True)
        assert f"[{NAME}](" in page
        quote = f"[{NAME}]({self.answered.address}#post-2) wrote:\n\n> {WORDS}\n\nI agree."
        self.talk.reply(self.answered, self.owen, quote)
        self.talk.accept(self.answered, 2, self.owen)
        self.secret = self.talk.start(self.closed, self.xanthe, title="Between us", body=WORDS)
        self.talk.reply(self.secret, self.nia, "Indeed.")
        self.pages += [self.asked.address, self.answered.address, "/questions"]
        self.pages += [f"/search?q={word}" for word in ("marmalade", "registers", "spoons")]
        self.pages += ["/search?q=quillfeather", "/search/suggest?q=quill", "/search/suggest?q=xanthe"]

    def _guides(self) -> None:
        make = self.shelf.guide
        make(self.xanthe, "Alone with a register")
        make(self.xanthe, "Registers to hand over", checked=False)
        make(self.xanthe, "Registers to withdraw", checked=False)
        make(self.xanthe, "Registers of a group", group_id=self.group)
        make(self.xanthe, "Registers by two", co_author_ids=[self.owen])
        make(self.owen, "Registers of Owen", co_author_ids=[self.xanthe])
        make(self.xanthe, "Registers that a group owns", group_id=self.group, owner=Owner("group", self.group))
        self.shelf.draft(self.xanthe, "Seen by nobody")
        self.shelf.draft(self.xanthe, "Seen by two", co_author_ids=[self.nia])
        turned = f"*By [{NAME}](/people/{HANDLE}), from [reply 1]({self.answered.address}#post-2)*\n\nJam.\n"
        make(self.owen, "Made of talk", body=turned)
        for slug in ("alone-with-a-register", "registers-of-a-group", "registers-by-two", "made-of-talk"):
            self._pages_of(slug)
        self._pages_of("registers-of-owen")
        self._pages_of("registers-that-a-group-owns")

    def _others_guide(self) -> None:
        """On a guide of Owen's she comments, suggests, flags, says that she uses it, and puts it into a collection."""
        owned = self.shelf.guide(self.owen, "Spoons in practice")
        viewer = self.viewer(self.xanthe)
        proposal = Proposal(1, owned.title, owned.summary, BODY.replace("Nineteen", "Twenty"), "Count again")
        with self.app.app_context():
            html = render_post(WORDS).html
            with transaction():
                comment(viewer=viewer, guide_id=owned.id, body=WORDS, html=html)
                suggestions.send(viewer=viewer, guide_id=owned.id, proposal=proposal)
                other = proposal._replace(body=BODY.replace("Nineteen", "Thirty"))
                suggestions.send(viewer=viewer, guide_id=owned.id, proposal=other)
                suggestions.keep(viewer=viewer, guide_id=self._id("Made of talk"), proposal=proposal)
                flag(viewer=viewer, guide_id=owned.id, reason="The spoons have changed")
                used = uses.use(viewer=viewer, guide_id=owned.id)
                self.use = used.id
                told = uses.Told("worked", "It saved us a day", today(), may_be_asked=True)
                uses.tell(viewer=viewer, adoption_id=used.id, told=told)
                entry = wanted.add_entry(viewer=viewer, words="A guide to forks")
                kept = collections.begin(viewer=viewer, title="All about spoons", purpose="To learn", group_id=None)
                keys.draw(viewer)
            text = text_of(owned.id)
            with transaction():
                words = content(text.title, body=BODY.replace("Nineteen", "Eighteen"))
                suggestions.accept(
                    viewer=self.viewer(self.owen), guide_id=owned.id, number=1, content=words, base_version=1
                )
            self.pages += [f"/wanted/{entry.id}", f"/collections/{kept.slug}", f"/collections/{kept.slug}/history"]
        self.owned = owned.id
        self._pages_of("spoons-in-practice")
        at = "/library/spoons-in-practice"
        self.pages += [f"{at}/suggestions/1", f"{at}/suggestions/2", f"{at}/flags", f"{at}/adoptions"]
        self.pages += ["/wanted", "/collections"]

    def _pages_of(self, slug: str) -> None:
        at = f"/library/{slug}"
        self.pages += [at, f"{at}.md", f"{at}.html", f"{at}/history", f"{at}/history/1", f"{at}/checks"]
        self.pages += [f"{at}/suggestions", f"{at}/cite.bib", f"{at}/cite.ris", f"/packs/pack.html?guide={slug}"]

    def _id(self, title: str) -> int:
        return db.session.scalars(select(Guide.id).where(Guide.title == title)).one()


def named_on(life: Life, viewer: int | None, *, checked: bool = False) -> dict[str, list[str]]:
    """By address, which of her traces a reader still finds; every page must answer. `checked` looks at the pages too:
    that costs ten times as much, and a page that names nobody has to be whole."""
    client: Any = life.cast.client(viewer) if checked else FlaskClient(life.app, life.app.response_class)
    if viewer is not None:
        life.cast.sign_in(client, viewer)
    found = {}
    for address in life.pages:
        page = client.get(address)
        assert page.status_code in (200, 403, 404, 410), f"{address} answers {page.status_code}"
        text = page.get_data(as_text=True)
        assert "/people/None" not in text, address
        # What was searched for is repeated on the page.
        asked = address.partition("?")[2].lower()
        if traces := [trace for trace in TRACES if trace.lower() in text.lower() and trace.lower() not in asked]:
            found[address] = traces
    return found


def edit_again(life: Life, title: str) -> None:
    """Owen saves a guide of his with the co-authors that its form names."""
    with life.app.app_context():
        guide = db.session.scalars(select(Guide).where(Guide.title == title)).one()
        text = text_of(guide.id)
        words = content(title, body=text.body + "\nMore.\n")
        people = [person for person, _ in text.co_authors]
        with transaction():
            edit(
                viewer=life.viewer(life.owen),
                guide_id=guide.id,
                content=words,
                base_version=text.version,
                note="More",
                co_author_ids=people,
            )
