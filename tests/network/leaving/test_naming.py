"""Names and links that the network put into texts of others: known by where they lead, not by what they say."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.discussions.models import Discussion
from network.leaving.actions import naming
from network.library.actions.editing import keep_edit
from network.library.checking.models import GuideTurn
from network.library.models import Guide, GuideEdit, GuideVersion
from network.library.suggestions.actions import talking
from network.library.suggestions.models import Suggestion
from network.people.actions import change_handle, update_profile
from network.people.links import without_links
from network.people.models import Person
from network.threads.models import Post
from tests.network.leaving.life import HANDLE, NAME, TRACES, WORDS, Life, named_on
from tests.support.queries import count_queries
from tests.support.sending import send

LATER = "Yolanda Brightwater"


def turn_texts(life: Life) -> list[str]:
    """What the records of guides say."""
    with life.app.app_context():
        return list(db.session.scalars(select(GuideTurn.text).order_by(GuideTurn.id)))


def guide_of_quotes(life: Life) -> None:
    """A guide of Owen's with a quotation of hers, as one made of a discussion has it."""
    quote = f"[{NAME}]({life.answered.address}#post-2) wrote:\n\n> {WORDS}\n"
    body = f"## By [{NAME}](/people/{HANDLE})\n\n{quote}\n"
    body += f"[Owen Pritchard]({life.answered.address}#post-1) wrote:\n\n> Jam?\n"
    life.shelf.guide(life.owen, "Made of quotes", body=body)
    life._pages_of("made-of-quotes")


def test_a_name_that_somebody_had_before_goes_as_well(life: Life) -> None:
    guide_of_quotes(life)
    with life.app.app_context(), transaction():
        update_profile(life.xanthe, name=LATER)
        change_handle(life.xanthe, "yolanda-brightwater")
    while drain(life.app):
        pass
    life.leave()
    assert named_on(life, None) == {}
    guide = life.guide("Made of quotes")
    assert [heading[2] for heading in guide.headings] == ["By a former member"]
    assert guide.body.count("[Former member](") == guide.body.count("[Owen Pritchard](") == 1


def test_quotations_are_known_wherever_people_talk(life: Life) -> None:
    with life.app.app_context():
        found = db.session.scalars(select(Suggestion).where(Suggestion.number == 1)).one()
        viewer = life.viewer(life.xanthe)
        with transaction():
            for words in ("It is so.", "Very much so."):
                talking.say(viewer=viewer, guide_id=found.guide_id, number=1, body=words, html=f"<p>{words}</p>")
    at = "/library/spoons-in-practice"
    heads = [f"[Earlier Name]({at}{part}) wrote:" for part in ("/suggestions/1#post-2", "#post-2", "#post-1")]
    number = life.talk.reply(life.asked, life.owen, "\n\n".join(heads))
    life.leave()
    assert life.post(life.asked, number).body == "\n\n".join(
        [heads[0].replace("Earlier Name", "Former member"), heads[1], heads[2].replace("Earlier Name", "Former member")]
    )


def asked_for(life: Life, *, keeps_name: bool = False) -> list[str]:
    """The statements that taking her name out runs, which is undone again."""
    with life.app.app_context(), count_queries(life.app) as queries, pytest.raises(ZeroDivisionError), transaction():
        naming.unname(db.session.get_one(Person, life.xanthe), [HANDLE], keeps_name=keeps_name)
        raise ZeroDivisionError
    return queries.statements


def quoting_guides(life: Life, author: int, number: int) -> None:
    """A guide for each of some discussions, with a quotation of what this person said there."""
    for turn in range(number):
        asked = life.talk.start(life.group, author, title=f"Words of {author} no {turn}")
        life.shelf.guide(life.owen, asked.address[-20:], body=f"[Them]({asked.address}#post-1) wrote:\n\n> So.\n")


def test_texts_that_quote_others_cost_nothing_while_everybody_waits(life: Life) -> None:
    before, with_name = len(asked_for(life)), len(asked_for(life, keeps_name=True))
    quoting_guides(life, life.owen, 4)
    assert len(asked_for(life)) == before
    quoting_guides(life, life.xanthe, 4)
    assert len(asked_for(life, keeps_name=True)) == with_name


def test_all_quotations_are_found_a_few_at_a_time(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "LOT", 2)
    quoting_guides(life, life.xanthe, 5)
    life.leave()
    with life.app.app_context():
        texts = [*db.session.scalars(select(Guide.body)), *db.session.scalars(select(GuideVersion.body))]
    assert len([text for text in texts if text.startswith("[Former member](")]) == 10
    assert not [text for text in texts if "[Them](" in text]


def test_what_lists_say_of_a_discussion_follows_its_first_post(life: Life) -> None:
    body = f"I asked [{NAME}](/people/{HANDLE}) and it worked."
    asked = life.talk.start(life.group, life.owen, title="Whom to thank", body=body)
    life.leave()
    with life.app.app_context():
        assert db.session.get_one(Discussion, asked.id).excerpt == "I asked a former member and it worked."


def test_unfinished_edits_of_others_do_not_bring_it_back(life: Life) -> None:
    guide = life.guide("Made of talk")
    more = f"\n[Zoë]({life.answered.address}#post-2) wrote:\n\n> So.\n\nMore.\n"
    with life.app.app_context(), transaction():
        fields: dict[str, Any] = {"title": guide.title, "body": guide.body + more, "tags": ["one"]}
        keep_edit(viewer=life.viewer(life.owen), guide_id=guide.id, base_version=guide.version, fields=fields, seen="")
    life.leave()
    with life.app.app_context():
        kept = db.session.scalars(select(GuideEdit.fields)).one()
        assert kept["body"].startswith("*By a former member, from")
        assert kept["body"].endswith(more.replace("Zoë", "Former member"))
        assert not [trace for trace in TRACES if trace in str(kept)]


def test_a_page_that_was_open_does_not_bring_it_back(life: Life) -> None:
    client, words = life.cast.client(life.owen), f"Ask [{NAME}](/people/{HANDLE}) or [Nia](/people/nia-rees)."
    assert send(client, life.asked.address, body=f"{words} Soon.").status_code == 303
    number = len(life.talk.posts(life.asked))
    life.leave()
    expected = "Ask a former member or [Nia](/people/nia-rees)."
    assert life.post(life.asked, number).body == f"{expected} Soon."
    for form, typed in (
        (life.asked.address, {"body": words}),
        ("/groups/registers/discussions/new?kind=question", {"body": words, "title": "Whom to ask?"}),
        ("/settings/profile", {"about": words}),
        ("/library/new", {"body": words, "title": "Whom to ask", "act": "draft"}),
        ("/library/alone-with-a-register/suggest", {"body": words, "why": "To ask", "act": "draft"}),
    ):
        assert send(client, form, **typed).status_code == 303, form
    with life.app.app_context():
        texts = [*db.session.scalars(select(Post.body)), *db.session.scalars(select(Person.about))]
        texts += [*db.session.scalars(select(Guide.body)), *db.session.scalars(select(Suggestion.body))]
    assert len([text for text in texts if text.strip() == expected]) == 5
    assert not [text for text in texts if HANDLE in text]


def test_a_record_loses_the_whole_name_and_no_part_of_another(life: Life) -> None:
    guide = life.guide("Registers by two")
    with life.app.app_context(), transaction():
        update_profile(life.xanthe, name="Al")
        for text in ("to Alan Albright", "from Al to Alan Al", "to Al"):
            db.session.add(GuideTurn(guide_id=guide.id, kind="taken-over", text=text, at=guide.updated_at))
    life.leave()
    expected = ["to Alan Albright", "from a former member to Alan Al", "to a former member"]
    assert [text for text in turn_texts(life) if "Harrowdale" not in text and "Registers" not in text] == expected


def test_a_record_loses_a_name_of_before(life: Life) -> None:
    """Nia leaves a guide to her, and she is called something else by then."""
    with life.app.app_context(), transaction():
        guide = db.session.scalars(select(Guide).where(Guide.title == "Registers of Owen")).one()
        guide.organisation_id = None
    life.leave_as(life.owen, guides={guide.id: "hand-over"}, heir_id=life.xanthe)
    assert f"to {NAME}" in turn_texts(life)
    with life.app.app_context(), transaction():
        update_profile(life.xanthe, name=LATER)
    life.leave()
    assert not [text for text in turn_texts(life) if NAME in text or LATER in text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Ask [Ann](/people/ann-evans "her page").', "Ask a former member."),
        ("Ask [Ann](</people/ann-evans#about>).", "Ask a former member."),
        ("Ask [**Ann [E] Evans**](/people/ann-evans/).", "Ask a former member."),
        ("Ask [Ann](/People/ANN-EVANS?a=b).", "Ask a former member."),
        ("Ask [Ann\nEvans](https://BASE/people/ann-evans).", "Ask a former member."),
        ("Ask [Ann][1], [Ann] [1] or [her].\n\n[1]: /people/ann-evans 'Ann'\n[HER]: </people/ann-evans>\n",
         "Ask a former member, a former member or a former member.\n\n"),
        ("See <https://BASE/people/ann-evans>, //BASE/people/ann-evans and /people/ann-evans.",
         "See a former member, a former member and a former member."),
        ('Ask <a class="x" href="/people/ann-evans#a" title="Ann">A <b>E</b></a>.', "Ask a former member."),
        ("[Ann](/people/ann-evans-2) [Ann](/people/ann-evans_2)", None),
        ("[Ann](https://elsewhere.example/people/ann-evans) /x/people/ann-evans", None),
        ("A [list](/library) and [1]: a note", None),
    ],
)  # fmt: skip
def test_links_to_somebody_are_found_in_every_form(life_base: str, text: str, expected: str | None) -> None:
    text = text.replace("BASE", life_base)
    assert without_links(text, ["ann-evans"]) == (text if expected is None else expected)
    assert "/people/ann-evans" in without_links(text, ["ann"]) or "/people/" not in text.lower() or "ANN" in text


def test_a_long_text_of_brackets_is_read_quickly(life_base: str) -> None:
    text = "[" * 20_000 + "](" * 5_000 + "/people/ann-evans"
    assert without_links(text, ["ann-evans"]).endswith("a former member")
