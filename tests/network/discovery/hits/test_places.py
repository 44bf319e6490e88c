"""Where in a text the words stand: the heading or the post that a result leads to."""

from __future__ import annotations

from flask import Flask

from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery.finding import find
from network.discovery.hits.found import Found, shown
from network.discussions.actions import address_of, reply, start_discussion
from network.discussions.actions.accepting import accept_as
from network.library.actions.publishing import publish_new
from network.library.content import Content, lay_out
from network.subjects.registry import Card, Section
from network.subjects.viewer import VISITOR
from network.threads.writing import render_post
from search.query import parse
from tests.support.cast import Cast

GUIDE = """Before everything.

## Before you start

Nothing to see.

## How to count badgers

Stand still. **Badgers** come at night, naïvely.

### With a lamp

Use red light.
"""


def one(text: str) -> Found:
    found = find(VISITOR, text).found
    assert len(found) == 1, [hit.card.title for hit in found]
    return found[0]


def test_a_guide_leads_to_the_heading_in_which_the_words_stand(app: Flask, cast: Cast) -> None:
    viewer = cast.viewer(cast.person())
    with app.app_context(), transaction():
        publish_new(
            viewer=viewer,
            group_id=None,
            content=Content(
                title="Wildlife", body=GUIDE, rendered=lay_out(GUIDE), licence="CC-BY-4.0", summary="Naïve"
            ),
        )
    drain(app)
    with app.app_context():
        place = one("badgers night").place
        assert place == Section(place.start, "How to count badgers", "/library/wildlife#h-how-to-count-badgers")
        assert one('"red light"').place.address == "/library/wildlife#h-with-a-lamp"  # type: ignore[union-attr]
        assert one("everything").place is None, "the beginning is the guide itself"
        assert one("wildlife").place is None, "nothing in the text holds it"
    page = app.test_client().get("/library/wildlife").get_data(as_text=True)
    assert 'id="h-how-to-count-badgers"' in page
    assert 'id="h-with-a-lamp"' in page


def test_a_question_leads_to_the_post_and_shows_its_accepted_answer(app: Flask, cast: Cast) -> None:
    ann, ben = cast.person("Ann Ask"), cast.person("Ben Answer")
    group = cast.group("wildlife", members=(ann, ben))
    with app.app_context(), transaction():
        thread = start_discussion(
            group_id=group, kind="question", title="Badgers?", body="b", html=render_post("Who counts them").html,
            author_id=ann, organisation_id=None, topic_ids=[], tags=[],
        )  # fmt: skip
        address = address_of(thread)
        for words in ("We use torches", "We use cameras and patience"):
            reply(
                discussion_id=thread.id, author_id=ben, organisation_id=None, body=words, html=render_post(words).html
            )
        discussion = thread.id
    with app.app_context():
        viewer = cast.viewer(ann)
        drain(app)
        assert one("torches").place == Section(one("torches").place.start, "Reply by Ben Answer", f"{address}#post-2")  # type: ignore[union-attr]
        assert not one("torches").answered
        with transaction():
            accept_as(viewer=viewer, discussion_id=discussion, number=3)
        drain(app)
        hit = one("torches")
        assert hit.answered
        assert hit.text == [("We use cameras and patience", False)]
        assert hit.place == Section(hit.place.start, "Reply by Ben Answer", f"{address}#post-2")  # type: ignore[union-attr]
        assert one("patience").place.name == "Accepted answer"  # type: ignore[union-attr]
        assert one("patience").card.byline == "Answered by Ben Answer"
        assert one("counts").place is None, "the question itself is the page"


def test_a_text_without_sections_leads_nowhere_else() -> None:
    card = Card(1, "Title", "/x", "Guide", "some words about badgers")
    assert shown("guide:1", card, parse("badgers")).place is None
    assert shown("guide:1", card, parse("")).place is None


def test_a_long_answer_is_cut_between_words() -> None:
    card = Card(1, "Title", "/x", "Question", "text", answer="patience " * 100)
    text = "".join(piece for piece, _ in shown("discussion:1", card, parse("nothing")).text)
    assert text.endswith("patience …")
    assert len(text) < 250


def test_a_file_is_where_the_words_stand_only_when_it_says_more_of_them() -> None:
    before = "Count badgers. " + "Write it down. " * 40 + "\n"
    text = before + "At night badgers come with a lamp, and each badger is counted."
    own = Section(0, "Counting", "/library/wildlife#h-counting")
    file = Section(len(before), "the file Form", "/files/form.docx", beside=True)
    card = Card(id=1, title="Wildlife", address="/library/wildlife", kicker="Guide", text=text, sections=(own, file))
    assert shown("guide:1", card, parse("badgers")).place == own
    assert shown("guide:1", card, parse("badgers lamp")).place == file
